from almanac.tables import row


def rows(tides):
    return [row(each) for each in tides]
