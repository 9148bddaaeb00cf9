from pathlib import Path

CERTIFICATE = Path("certificate.pem").read_text(encoding="utf-8")
