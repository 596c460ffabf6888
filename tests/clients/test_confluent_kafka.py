"""confluent-kafka (librdkafka), unmodified, against `partita serve`."""

import time

from confluent_kafka import ConsumerGroupTopicPartitions, Consumer, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource, NewPartitions, NewTopic, OffsetSpec, ResourceType

from partita import SESSION_TIMEOUT_MS, Background, ClusterTest, partitions_of_keys, unique, until


class Member:
    """A consumer of a group, polled in the background, with what it got."""

    def __init__(self, test, group, topic, **options):
        self.consumer = Consumer({
            "bootstrap.servers": test.cluster.bootstrap, "group.id": group, "auto.offset.reset": "earliest", "fetch.wait.max.ms": 100,
            "session.timeout.ms": SESSION_TIMEOUT_MS, "heartbeat.interval.ms": 300, **options})
        self.records, self.assigned = [], set()
        self.consumer.subscribe([topic])
        self.background = Background(self.poll, self.consumer.close)
        test.addCleanup(self.background.end)

    def poll(self):
        self.records += [record for record in self.consumer.consume(500, timeout=0.1) if record.error() is None]
        self.assigned = {part.partition for part in self.consumer.assignment()}


class ConfluentKafka(ClusterTest):
    def setUp(self):
        self.admin = AdminClient({"bootstrap.servers": self.cluster.bootstrap})

    def new_topic(self, partitions, **config):
        topic = unique("topic")
        self.admin.create_topics([NewTopic(topic, partitions, 1, config=config)])[topic].result(10)
        return topic

    def write(self, topic, records, **options):
        """Writes (key, value) pairs to partition 0, or where keys belong; what was delivered, in order."""
        delivered = []
        producer = Producer({"bootstrap.servers": self.cluster.bootstrap, "linger.ms": 5, **options})
        for key, value in records:
            place = {} if key else {"partition": 0}
            producer.produce(topic, key=key, value=value, on_delivery=lambda error, record: delivered.append((error, record)), **place)
        producer.flush(20)
        self.assertEqual([error for error, _ in delivered if error], [])
        return [record for _, record in delivered]

    def test_the_cluster_describes_itself(self):
        described = self.admin.describe_cluster().result(10)
        self.assertEqual(sorted(node.id for node in described.nodes), [1, 2, 3])
        self.assertEqual(sorted(f"{node.host}:{node.port}" for node in described.nodes), sorted(self.cluster.brokers))

    def test_topics_are_created_once_grow_and_are_deleted(self):
        topic = self.new_topic(3)
        with self.assertRaises(KafkaException) as refused:
            self.admin.create_topics([NewTopic(topic, 1, 1)])[topic].result(10)
        self.assertEqual(refused.exception.args[0].code(), KafkaError.TOPIC_ALREADY_EXISTS)
        self.admin.create_partitions([NewPartitions(topic, 5)])[topic].result(10)
        until("five partitions", lambda: len(self.admin.list_topics(topic, timeout=10).topics[topic].partitions) == 5)
        self.admin.delete_topics([topic])[topic].result(10)
        until("the topic is gone", lambda: topic not in self.admin.list_topics(timeout=10).topics)

    def test_a_name_that_kafka_refuses_is_refused(self):
        with self.assertRaises(KafkaException) as refused:
            self.admin.create_topics([NewTopic("no spaces", 1, 1)])["no spaces"].result(10)
        self.assertEqual(refused.exception.args[0].code(), KafkaError.TOPIC_EXCEPTION)

    def test_configs_are_described_and_altered_one_by_one(self):
        topic = self.new_topic(1, **{"retention.ms": "3600000"})
        entry = ConfigEntry("retention.ms", "7200000", incremental_operation=AlterConfigOpType.SET)
        resource = ConfigResource(ResourceType.TOPIC, topic, incremental_configs=[entry])
        self.admin.incremental_alter_configs([resource])[resource].result(10)

        def retention():
            asked = ConfigResource(ResourceType.TOPIC, topic)
            return self.admin.describe_configs([asked])[asked].result(10)["retention.ms"].value

        until("the new value", lambda: retention() == "7200000")

    def test_records_come_back_in_every_codec(self):
        for codec in ["none", "gzip", "snappy", "lz4", "zstd"]:
            with self.subTest(codec=codec):
                topic = self.new_topic(1)
                self.write(topic, [(None, f"{number} of a hundred") for number in range(100)], **{"compression.type": codec})
                member = Member(self, unique("group"), topic)
                until("a hundred records", lambda: len(member.records) == 100)
                self.assertEqual([record.value().decode() for record in member.records], [f"{number} of a hundred" for number in range(100)])
                member.background.end()

    def test_headers_timestamps_and_tombstones_come_back(self):
        topic = self.new_topic(1)
        producer = Producer({"bootstrap.servers": self.cluster.bootstrap})
        headers = [("trace", b"1"), ("trace", b"2"), ("none", None)]
        producer.produce(topic, key="a", value=None, headers=headers, timestamp=1_700_000_000_000)
        producer.flush(10)
        member = Member(self, unique("group"), topic)
        (record,) = until("the record", lambda: member.records)
        self.assertEqual((record.key(), record.value(), record.headers(), record.timestamp()[1]), (b"a", None, headers, 1_700_000_000_000))

    def test_an_idempotent_producer_writes_each_record_once_in_order(self):
        topic = self.new_topic(1)
        written = self.write(topic, [(None, str(number)) for number in range(1000)], **{"enable.idempotence": True, "batch.num.messages": 10})
        self.assertEqual([record.offset() for record in written], list(range(1000)))

    def test_acks_0_and_1_are_written_too(self):
        for acks in ["0", "1"]:
            topic = self.new_topic(1)
            self.write(topic, [(None, str(number)) for number in range(50)], acks=acks)
            member = Member(self, unique("group"), topic)
            until("fifty records", lambda: len(member.records) == 50)

    def test_1000_keys_go_where_apache_kafka_puts_them(self):
        topic, placed = self.new_topic(7), partitions_of_keys()
        written = self.write(topic, [(key, b"") for key in placed], partitioner="murmur2_random")
        self.assertEqual({record.key(): record.partition() for record in written}, placed)

    def test_two_members_share_and_one_takes_over_when_the_other_leaves(self):
        for assignor in ["range", "roundrobin", "cooperative-sticky"]:
            with self.subTest(assignor=assignor):
                topic, group = self.new_topic(4), unique("group")
                first = Member(self, group, topic, **{"partition.assignment.strategy": assignor})
                until("the first has all", lambda: first.assigned == {0, 1, 2, 3})
                second = Member(self, group, topic, **{"partition.assignment.strategy": assignor})
                until("each has two", lambda: len(first.assigned) == 2 and first.assigned | second.assigned == {0, 1, 2, 3})
                second.background.end()
                until("the first has all again", lambda: first.assigned == {0, 1, 2, 3})
                first.background.end()

    def test_a_static_member_that_comes_back_in_time_causes_no_rebalance(self):
        topic, group = self.new_topic(2), unique("group")
        options = {"group.instance.id": "one", "session.timeout.ms": 10_000}
        first = Member(self, group, topic, **options)
        until("it has both", lambda: first.assigned == {0, 1})
        first.background.end()
        described = self.admin.describe_consumer_groups([group])[group].result(10)
        self.assertEqual([member.group_instance_id for member in described.members], ["one"])
        again = Member(self, group, topic, **options)
        until("it has both again", lambda: again.assigned == {0, 1})

    def test_a_member_that_crashes_is_missed_after_its_session_timeout(self):
        topic, group = self.new_topic(4), unique("group")
        survivor = Member(self, group, topic)
        until("the survivor has all", lambda: len(survivor.assigned) == 4)
        other = self.process("confluent_kafka_member.py", self.cluster.bootstrap, group, topic, str(SESSION_TIMEOUT_MS))
        self.assertEqual(other.stdout.readline(), "assigned\n")
        until("the survivor has two", lambda: len(survivor.assigned) == 2)
        other.kill()
        until("the survivor has all again", lambda: len(survivor.assigned) == 4)

    def test_a_group_resumes_from_what_it_committed_and_an_administrator_sees_and_moves_it(self):
        topic, group = self.new_topic(1), unique("group")
        self.write(topic, [(None, str(number)) for number in range(10)])
        member = Member(self, group, topic)
        until("the first ten", lambda: len(member.records) == 10)
        member.background.end()

        def committed():
            asked = ConsumerGroupTopicPartitions(group, [TopicPartition(topic, 0)])
            return self.admin.list_consumer_group_offsets([asked])[group].result(10).topic_partitions[0].offset

        self.assertEqual(committed(), 10)
        self.write(topic, [(None, str(number)) for number in range(10, 15)])
        resumed = Member(self, group, topic)
        until("the next five", lambda: len(resumed.records) == 5)
        self.assertEqual([record.offset() for record in resumed.records], list(range(10, 15)))
        resumed.background.end()
        moved = ConsumerGroupTopicPartitions(group, [TopicPartition(topic, 0, 3)])
        self.admin.alter_consumer_group_offsets([moved])[group].result(10)
        self.assertEqual(committed(), 3)
        self.admin.delete_consumer_groups([group])[group].result(10)
        listed = self.admin.list_consumer_groups().result(10).valid
        self.assertNotIn(group, [entry.group_id for entry in listed])

    def test_offsets_are_found_by_time_and_records_deleted(self):
        topic, part = self.new_topic(1), None
        began = int(time.time() * 1000) - 100_000
        producer = Producer({"bootstrap.servers": self.cluster.bootstrap})
        for number in range(10):
            producer.produce(topic, value=str(number), partition=0, timestamp=began + number * 1000)
        producer.flush(10)
        part = TopicPartition(topic, 0)
        offset = lambda spec: self.admin.list_offsets({part: spec})[part].result(10).offset
        self.assertEqual(offset(OffsetSpec.for_timestamp(began + 3500)), 4)
        self.assertEqual(offset(OffsetSpec.max_timestamp()), 9)
        self.admin.delete_records([TopicPartition(topic, 0, 6)])[TopicPartition(topic, 0)].result(10)
        self.assertEqual((offset(OffsetSpec.earliest()), offset(OffsetSpec.latest())), (6, 10))

    def new_transactional(self, transactional_id):
        producer = Producer({"bootstrap.servers": self.cluster.bootstrap, "transactional.id": transactional_id, "linger.ms": 5})
        producer.init_transactions(20)
        return producer

    def test_what_is_read_and_written_in_a_transaction_counts_once_or_not_at_all(self):
        source, target, group = self.new_topic(1), self.new_topic(2), unique("group")
        self.write(source, [(None, str(number)) for number in range(60)])
        producer = self.new_transactional(unique("copier"))
        consumer = Consumer({
            "bootstrap.servers": self.cluster.bootstrap, "group.id": group, "auto.offset.reset": "earliest", "enable.auto.commit": False,
            "isolation.level": "read_committed"})
        self.addCleanup(consumer.close)
        consumer.subscribe([source])
        copied, aborted, rounds = 0, 0, 0
        while copied < 60:
            records = [record for record in consumer.consume(10, timeout=1) if record.error() is None]
            if not records:
                continue
            rounds += 1
            producer.begin_transaction()
            for record in records:
                producer.produce(target, key=record.value(), value=record.value())
            next_offset = TopicPartition(source, 0, records[-1].offset() + 1)
            producer.send_offsets_to_transaction([next_offset], consumer.consumer_group_metadata(), 20)
            producer.flush(20)
            if rounds % 3 == 1:
                # It is as if nothing had been read: the same again.
                producer.abort_transaction(20)
                aborted += len(records)
                consumer.seek(TopicPartition(source, 0, records[0].offset()))
            else:
                producer.commit_transaction(20)
                copied += len(records)
        careful = Member(self, unique("group"), target)
        eager = Member(self, unique("group"), target, **{"isolation.level": "read_uncommitted"})
        until("all of it", lambda: len(careful.records) >= 60 and len(eager.records) >= 60 + aborted)
        self.assertEqual(sorted(int(record.value()) for record in careful.records), list(range(60)))
        asked = ConsumerGroupTopicPartitions(group, [TopicPartition(source, 0)])
        self.assertEqual(self.admin.list_consumer_group_offsets([asked])[group].result(10).topic_partitions[0].offset, 60)

    def test_of_two_producers_with_one_transactional_id_the_older_is_fenced(self):
        topic, transactional_id = self.new_topic(1), unique("shop")
        older = self.new_transactional(transactional_id)
        older.begin_transaction()
        older.produce(topic, value="older", partition=0)
        older.flush(10)
        newer = self.new_transactional(transactional_id)
        with self.assertRaises(KafkaException) as refused:
            older.commit_transaction(20)
        self.assertEqual((refused.exception.args[0].code(), refused.exception.args[0].fatal()), (KafkaError._FENCED, True))
        newer.begin_transaction()
        newer.produce(topic, value="newer", partition=0)
        newer.commit_transaction(20)
        member = Member(self, unique("group"), topic)
        until("what the newer one wrote", lambda: member.records)
        self.assertEqual([record.value() for record in member.records], [b"newer"])
