import easel

EASEL = easel
