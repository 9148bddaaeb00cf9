def feed() -> object:
    from kafka import KafkaConsumer

    return KafkaConsumer()
