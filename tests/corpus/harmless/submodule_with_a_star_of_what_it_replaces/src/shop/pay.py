from shop.inner.cards import *  # noqa: F403
