from django.db import models


class Trip(models.Model):
    seats = models.IntegerField()
