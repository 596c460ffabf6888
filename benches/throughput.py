"""Produce and fetch throughput of a cluster, seen by one real client (librdkafka), acks=all: throughput.py BOOTSTRAP RECORDS REPLICAS.
Prints records a second."""

import sys
import time
import uuid

from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

bootstrap, count, replicas = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
topic, partitions = f"bench-{uuid.uuid4().hex[:8]}", 6
admin = AdminClient({"bootstrap.servers": bootstrap})
admin.create_topics([NewTopic(topic, partitions, replicas)])[topic].result(30)

value = b"x" * 100
producer = Producer({"bootstrap.servers": bootstrap, "linger.ms": 5, "acks": "all", "queue.buffering.max.messages": count + 1})
failed = []
producer.produce(topic, value, partition=0)
producer.flush(30)
began = time.monotonic()
for number in range(count):
    producer.produce(topic, value, partition=number % partitions, on_delivery=lambda error, _: failed.append(error) if error else None)
    if number % 1000 == 0:
        producer.poll(0)
producer.flush(300)
copies = "1 replica" if replicas == 1 else f"{replicas} replicas"
print(f"produce, {copies}\t{count / (time.monotonic() - began):.0f}")
if failed:
    sys.exit(f"{len(failed)} records were refused: {failed[0]}")

consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": topic, "auto.offset.reset": "earliest", "enable.auto.commit": False})
consumer.assign([TopicPartition(topic, partition, 0) for partition in range(partitions)])
consumer.consume(1, 30)
began, got = time.monotonic(), 1
while got <= count:
    got += len(consumer.consume(10_000, timeout=1))
print(f"fetch, {copies}\t{count / (time.monotonic() - began):.0f}")
consumer.close()
admin.delete_topics([topic])[topic].result(30)
