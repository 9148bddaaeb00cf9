from copy import copy


def twice(parcel):
    return parcel, copy(parcel)
