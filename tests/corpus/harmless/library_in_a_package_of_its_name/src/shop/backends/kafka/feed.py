def feed() -> object:
    import kafka

    return kafka.KafkaConsumer()
