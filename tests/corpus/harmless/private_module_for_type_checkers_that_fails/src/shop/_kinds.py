from numbers import _IntegralLike

Kind = _IntegralLike
