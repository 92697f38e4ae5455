#!/usr/bin/env bash
# Sends one vehicle event with kcat: the payload is written as protobuf text on standard input and encoded by protoc.
#   examples/clients/send-event.sh BROKERS VEHICLE TYPE MESSAGE SOURCE TIME [SEQUENCE]
#   echo 'capacity_wh: 60000 energy_wh: 30000 consent: CONSENT_V2G_WHEN_STAYING' |
#     examples/clients/send-event.sh localhost:9092 v-0042 movc.vehicle.registered.v1 VehicleRegistered urn:example:evse 2024-03-04T18:30:00+08:00
# Needs kcat and protoc (Debian: kcat, protobuf-compiler). MOVC_TOPIC_PREFIX is put before the topic's name.
set -euo pipefail
if (($# < 6 || $# > 7)); then
  sed -n '2,6s/^# //p' "${BASH_SOURCE[0]}" >&2
  exit 2
fi
brokers=$1 vehicle=$2 type=$3 message=$4 source=$5 time=$6 sequence=${7:-}
protos=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../src/EventLog/Wire/Protos" && pwd)
payload=$(mktemp)
trap 'rm -f "$payload"' EXIT
protoc --encode="movc.vehicle.v1.$message" -I "$protos" vehicle_events.proto >"$payload"
headers=(-H ce_specversion=1.0 -H "ce_id=$(date +%s%N)-$$" -H "ce_source=$source" -H "ce_type=$type" -H "ce_time=$time" -H content-type=application/protobuf)
[[ -z $sequence ]] || headers+=(-H "ce_sequence=$sequence")
# Java's partitioner: a vehicle's records must lie where the twin looks for them. A file is one message; a line of input would end at
# any byte that happens to be a line feed.
kcat -q -P -b "$brokers" -t "${MOVC_TOPIC_PREFIX:-}movc.vehicle-events.v1" -X topic.partitioner=murmur2 -X acks=all -k "$vehicle" "${headers[@]}" "$payload"
