#!/usr/bin/python3
"""Talks to Movc over Kafka with python3-kafka: sends vehicle events, follows setpoints and plans.

    client.py BROKERS send VEHICLE TYPE MESSAGE SOURCE TIME JSON   JSON holds the message's fields: '{"maxChargeW": 7000}'
    client.py BROKERS setpoints VEHICLE                            prints the vehicle's next setpoint as JSON and ends
    client.py BROKERS plans COUNT                                  prints so many plan summaries from the beginning as JSON

Needs python3-kafka, python3-protobuf and protobuf-compiler of Debian. MOVC_TOPIC_PREFIX is put before the topics' names.
"""
import importlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import uuid

from google.protobuf import json_format
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

PROTOS = pathlib.Path(__file__).resolve().parents[2] / "src/EventLog/Wire/Protos"
PREFIX = os.environ.get("MOVC_TOPIC_PREFIX", "")


def messages(name):
    """Compiles a .proto and imports what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["protoc", f"--python_out={folder}", f"-I{PROTOS}", f"{name}.proto"], check=True)
        sys.path.insert(0, folder)
        try:
            return importlib.import_module(f"{name}_pb2")
        finally:
            sys.path.remove(folder)


def send(brokers, vehicle, event_type, message, source, time, fields):
    if message == "raw":
        payload = bytes.fromhex(fields)
    else:
        payload = json_format.Parse(fields, getattr(messages("vehicle_events"), message)()).SerializeToString()
    headers = {
        "ce_specversion": "1.0", "ce_id": str(uuid.uuid4()), "ce_source": source, "ce_type": event_type, "ce_time": time,
        "content-type": "application/protobuf",
    }
    # python3-kafka partitions a key by Java's murmur2, as the twin expects it.
    producer = KafkaProducer(bootstrap_servers=brokers, acks="all")
    record = producer.send(
        f"{PREFIX}movc.vehicle-events.v1", payload, key=vehicle.encode(), headers=[(k, v.encode()) for k, v in headers.items()]).get(timeout=30)
    print(json.dumps({"partition": record.partition, "offset": record.offset}))


def follow(brokers, topic):
    """Every record of a topic from the beginning, then as they come."""
    consumer = KafkaConsumer(bootstrap_servers=brokers, group_id=None, enable_auto_commit=False, auto_offset_reset="earliest")
    topic = PREFIX + topic
    consumer.assign([TopicPartition(topic, p) for p in sorted(consumer.partitions_for_topic(topic))])
    yield from consumer


def setpoints(brokers, vehicle):
    log = messages("movc_log")
    for record in follow(brokers, "movc.setpoints.v1"):
        batch = log.SetpointBatch.FromString(record.value)
        if vehicle in batch.vehicle:
            power = batch.power_w[list(batch.vehicle).index(vehicle)]
            print(json.dumps({"vehicle": vehicle, "powerW": power, "atMs": batch.at_ms, "validUntilMs": batch.valid_until_ms, "plan": batch.plan_id}))
            return


def plans(brokers, count):
    log = messages("movc_log")
    printed = 0
    for record in follow(brokers, "movc.plans.v1"):
        # The topic also tells which bundle belongs to a plan: a type unknown to a reader is passed over.
        if dict(record.headers).get("ce_type") != b"movc.plan.published.v1":
            continue
        print(json_format.MessageToJson(log.PlanSummary.FromString(record.value), indent=None))
        printed += 1
        if printed == int(count):
            return


if __name__ == "__main__":
    if len(sys.argv) < 4 or sys.argv[2] not in ("send", "setpoints", "plans"):
        sys.exit(__doc__)
    {"send": send, "setpoints": setpoints, "plans": plans}[sys.argv[2]](sys.argv[1], *sys.argv[3:])
