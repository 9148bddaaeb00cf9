from needles.web import Needle
