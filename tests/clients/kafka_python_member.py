"""A member of a group in a process of its own, so that it can crash: BOOTSTRAP GROUP TOPIC SESSION_TIMEOUT_MS. Says when it is assigned."""

import sys

from kafka import KafkaConsumer

bootstrap, group, topic, session = sys.argv[1:]
consumer = KafkaConsumer(topic, bootstrap_servers=bootstrap.split(","), group_id=group, session_timeout_ms=int(session), heartbeat_interval_ms=300)
said = False
while True:
    consumer.poll(timeout_ms=100)
    if consumer.assignment() and not said:
        print("assigned")
        said = True
