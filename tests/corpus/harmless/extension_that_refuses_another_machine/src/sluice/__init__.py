from sluice._pins import gate
