// Much on the stage: many partitions and many members.

import { opensSession, topic } from "./page.mjs";

/** A session with a topic of very many partitions and a group of very many members; time rests at its end. */
export async function opensADenseSession(page, { partitions = 60, members = 15 } = {}) {
  const inputs = [{ at: "00:06", do: "createTopic", name: "clicks", partitions, replicationFactor: 2 }];
  for (let n = 0; n < members; n += 1) inputs.push({ at: "00:08", do: "addConsumer", group: "sessions", topics: ["clicks"], from: "earliest" });
  inputs.push({ at: "00:18", do: "addProducer", name: "web", topic: "clicks", perMinute: 1200, keys: { is: "drawn", prefix: "user-", count: 300 } });
  await opensSession(page, { setup: { seed: 42, brokers: 5 }, opening: inputs.length, inputs, until: { at: "00:24" } });
  await topic(page, "clicks").waitFor({ timeout: 60_000 });
}
