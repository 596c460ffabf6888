"""kcat, unmodified, against `partita serve`, as one types it in a shell."""

import json
import os
import shutil
import subprocess
import unittest

from confluent_kafka.admin import AdminClient, NewTopic

from partita import ClusterTest, partitions_of_keys, unique

KCAT = os.environ.get("KCAT") or shutil.which("kcat")


@unittest.skipUnless(KCAT, "kcat is not here")
class Kcat(ClusterTest):
    def kcat(self, *arguments, typed=""):
        command = [KCAT, "-b", self.cluster.bootstrap, *arguments]
        done = subprocess.run(command, input=typed, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_lists_the_brokers_where_they_listen(self):
        brokers = json.loads(self.kcat("-L", "-J"))["brokers"]
        self.assertEqual(sorted(broker["name"] for broker in brokers), sorted(self.cluster.brokers))

    def test_writes_what_is_typed_and_reads_it_back(self):
        topic = unique("typed")
        self.kcat("-P", "-t", topic, "-K:", typed="ann:hello\nbob:world\n")
        self.assertEqual(self.kcat("-C", "-t", topic, "-e", "-q", "-o", "beginning", "-f", "%o %k %s\n"), "0 ann hello\n1 bob world\n")

    def test_reads_as_a_group_from_where_it_was(self):
        topic, group = unique("typed"), unique("group")
        read = lambda: self.kcat("-G", group, "-e", "-q", "-X", "auto.offset.reset=earliest", topic)
        self.kcat("-P", "-t", topic, typed="one\ntwo\n")
        self.assertEqual(read(), "one\ntwo\n")
        self.kcat("-P", "-t", topic, typed="three\n")
        self.assertEqual(read(), "three\n")

    def test_finds_the_offset_of_a_time(self):
        topic = unique("typed")
        self.kcat("-P", "-t", topic, typed="one\ntwo\n")
        self.assertIn(f"{topic} [0] offset 0", self.kcat("-Q", "-t", f"{topic}:0:0"))

    def test_puts_1000_keys_where_apache_kafka_does(self):
        topic, placed = unique("keys"), {key.decode(): partition for key, partition in partitions_of_keys().items()}
        admin = AdminClient({"bootstrap.servers": self.cluster.bootstrap})
        admin.create_topics([NewTopic(topic, 7, 1)])[topic].result(10)
        self.kcat("-P", "-t", topic, "-K", "\t", "-X", "partitioner=murmur2_random", typed="".join(f"{key}\tx\n" for key in placed))
        read = self.kcat("-C", "-t", topic, "-e", "-q", "-o", "beginning", "-f", "%p\t%k\n")
        found = {key: int(partition) for partition, key in (line.split("\t") for line in read.splitlines())}
        self.assertEqual(found, placed)
