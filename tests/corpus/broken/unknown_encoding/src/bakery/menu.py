# -*- coding: utf-99 -*-
BREAD = 2
