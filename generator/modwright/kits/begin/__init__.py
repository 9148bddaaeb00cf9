"""What a kit runs on a learner's computer: standard library only, Python 3.11 or newer.

It lies in each kit beside the wheels, and is started by the kit's `start.py`. Nothing of modwright
can be imported there.
"""
