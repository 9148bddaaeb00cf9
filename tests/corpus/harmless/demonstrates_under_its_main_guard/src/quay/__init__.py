from quay.codec import decode
