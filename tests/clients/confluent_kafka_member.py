"""A member of a group in a process of its own, so that it can crash: BOOTSTRAP GROUP TOPIC SESSION_TIMEOUT_MS. Says when it is assigned."""

import sys

from confluent_kafka import Consumer

bootstrap, group, topic, session = sys.argv[1:]
consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": group, "session.timeout.ms": int(session), "heartbeat.interval.ms": 300})
consumer.subscribe([topic], on_assign=lambda _, partitions: print("assigned") if partitions else None)
while True:
    consumer.poll(0.1)
