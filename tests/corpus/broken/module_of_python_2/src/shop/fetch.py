import urllib2


def fetch(url):
    return urllib2.urlopen(url).read()
