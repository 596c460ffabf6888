"""kafka-python 3, unmodified, against `partita serve`."""

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import NewTopic
from kafka.errors import TopicAlreadyExistsError

from partita import SESSION_TIMEOUT_MS, Background, ClusterTest, partitions_of_keys, unique, until


class Member:
    """A consumer of a group, polled in the background, with what it got."""

    def __init__(self, test, group, topic):
        self.consumer = KafkaConsumer(
            topic, bootstrap_servers=test.cluster.brokers, group_id=group, auto_offset_reset="earliest", fetch_max_wait_ms=100,
            session_timeout_ms=SESSION_TIMEOUT_MS, heartbeat_interval_ms=300, metadata_max_age_ms=1000)
        self.records, self.assigned = [], set()
        self.background = Background(self.poll, self.close)
        test.addCleanup(self.background.end)

    def poll(self):
        # Long enough for a rebalance: this client forgets an assignment that comes after its poll timed out.
        for records in self.consumer.poll(timeout_ms=1000).values():
            self.records += records
        self.assigned = {part.partition for part in self.consumer.assignment()}

    def close(self):
        self.consumer.commit()
        self.consumer.close()


class KafkaPython(ClusterTest):
    def setUp(self):
        self.admin = KafkaAdminClient(bootstrap_servers=self.cluster.brokers)
        self.addCleanup(self.admin.close)

    def new_topic(self, partitions):
        topic = unique("topic")
        self.admin.create_topics([NewTopic(topic, num_partitions=partitions, replication_factor=1)])
        return topic

    def new_producer(self, **options):
        producer = KafkaProducer(bootstrap_servers=self.cluster.brokers, **options)
        self.addCleanup(producer.close)
        return producer

    def write(self, topic, values, **options):
        producer = self.new_producer(**options)
        sent = [producer.send(topic, value=str(value).encode(), partition=0) for value in values]
        producer.flush()
        return [future.get(10) for future in sent]

    def test_topics_are_created_once_described_and_deleted(self):
        topic = self.new_topic(3)
        until("three partitions", lambda: len(self.admin.describe_topics([topic])[0]["partitions"]) == 3)
        with self.assertRaises(TopicAlreadyExistsError):
            self.admin.create_topics([NewTopic(topic, num_partitions=1, replication_factor=1)])
        self.admin.delete_topics([topic])
        until("the topic is gone", lambda: topic not in self.admin.list_topics())

    def test_records_come_back_as_they_were_sent(self):
        topic = self.new_topic(1)
        producer = self.new_producer()
        headers = [("trace", b"1"), ("trace", b"2")]
        producer.send(topic, key=b"a", value=b"one", headers=headers, timestamp_ms=1_700_000_000_000)
        producer.send(topic, key=b"a", value=None)
        producer.flush()
        member = Member(self, unique("group"), topic)
        first, second = until("two records", lambda: len(member.records) == 2 and member.records)
        self.assertEqual((first.offset, first.key, first.value, first.timestamp), (0, b"a", b"one", 1_700_000_000_000))
        self.assertEqual(list(first.headers), headers)
        self.assertEqual((second.offset, second.key, second.value), (1, b"a", None))

    def test_compressed_batches_and_an_idempotent_producer(self):
        topic = self.new_topic(1)
        written = self.write(topic, range(200), compression_type="gzip", enable_idempotence=True, acks="all")
        self.assertEqual([sent.offset for sent in written], list(range(200)))
        member = Member(self, unique("group"), topic)
        until("all records", lambda: len(member.records) == 200)
        self.assertEqual([record.value for record in member.records], [str(value).encode() for value in range(200)])

    def test_1000_keys_go_where_apache_kafka_puts_them(self):
        topic, placed, producer = self.new_topic(7), partitions_of_keys(), self.new_producer()
        sent = {key: producer.send(topic, key=key, value=b"") for key in placed}
        producer.flush()
        self.assertEqual({key: future.get(10).partition for key, future in sent.items()}, placed)

    def test_two_members_share_and_one_takes_over_when_the_other_leaves(self):
        topic, group = self.new_topic(4), unique("group")
        first = Member(self, group, topic)
        until("the first has all", lambda: first.assigned == {0, 1, 2, 3})
        second = Member(self, group, topic)
        until("each has two", lambda: len(first.assigned) == 2 and first.assigned | second.assigned == {0, 1, 2, 3})
        second.background.end()
        until("the first has all again", lambda: first.assigned == {0, 1, 2, 3})

    def test_a_member_that_crashes_is_missed_after_its_session_timeout(self):
        topic, group = self.new_topic(4), unique("group")
        survivor = Member(self, group, topic)
        until("the survivor has all", lambda: len(survivor.assigned) == 4)
        other = self.process("kafka_python_member.py", self.cluster.bootstrap, group, topic, str(SESSION_TIMEOUT_MS))
        self.assertEqual(other.stdout.readline(), "assigned\n")
        until("the survivor has two", lambda: len(survivor.assigned) == 2)
        other.kill()
        until("the survivor has all again", lambda: len(survivor.assigned) == 4)

    def test_a_group_resumes_from_its_committed_offsets(self):
        topic, group = self.new_topic(1), unique("group")
        self.write(topic, range(10))
        member = Member(self, group, topic)
        until("the first ten", lambda: len(member.records) == 10)
        member.background.end()
        self.write(topic, range(10, 15))
        resumed = Member(self, group, topic)
        until("the next five", lambda: len(resumed.records) == 5)
        self.assertEqual([record.offset for record in resumed.records], list(range(10, 15)))

    def test_offsets_are_found_by_time_and_records_deleted(self):
        topic = self.new_topic(1)
        self.write(topic, range(10))
        part = TopicPartition(topic, 0)
        consumer = KafkaConsumer(bootstrap_servers=self.cluster.brokers)
        self.addCleanup(consumer.close)
        self.admin.delete_records({part: 4})
        self.assertEqual(consumer.beginning_offsets([part]), {part: 4})
        self.assertEqual(consumer.end_offsets([part]), {part: 10})
        self.assertIsNone(consumer.offsets_for_times({part: 4_000_000_000_000})[part])

    def test_what_a_transaction_writes_is_read_once_it_is_committed(self):
        topic = self.new_topic(1)
        producer = self.new_producer(transactional_id=unique("shop"))
        producer.init_transactions()
        for word, end in [("aborted", producer.abort_transaction), ("committed", producer.commit_transaction)]:
            producer.begin_transaction()
            for number in range(5):
                producer.send(topic, value=f"{word} {number}".encode(), partition=0)
            producer.flush()
            end()
        reader = KafkaConsumer(
            topic, bootstrap_servers=self.cluster.brokers, group_id=unique("group"), auto_offset_reset="earliest",
            isolation_level="read_committed", fetch_max_wait_ms=100)
        self.addCleanup(reader.close)
        records = []
        until("five records", lambda: records.extend(r for some in reader.poll(timeout_ms=1000).values() for r in some) or len(records) >= 5)
        self.assertEqual([record.value.decode() for record in records], [f"committed {number}" for number in range(5)])
