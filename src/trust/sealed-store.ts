import { lazily } from '../store/lazily.ts'
import type { Documents, DueQueue, LogEntry, Logs, Store, Versioned } from '../store/port.ts'
import { Envelope } from './envelope.ts'
import type { Keyring } from './keyring.ts'
import { openValue, sealValue } from './sealed-value.ts'

/**
 * A store in which nothing a person said stands readable: every value is sealed before it reaches the adapter and
 * opened when it is looked at. Names of documents, logs, queues and ids stay as they are, so no personal data may stand in them.
 * A sealed value takes a third more room than the value, so about 3 MiB is the most one may have.
 */
export function sealStore(store: Store, keyring: Keyring): Store {
  const envelope = new Envelope(keyring)
  return {
    documents: sealDocuments(store.documents, envelope),
    logs: sealLogs(store.logs, envelope),
    queue: (name) => sealQueue(store.queue(name), name, envelope),
    ready: () => store.ready(),
    close: () => store.close(),
  }
}

function sealDocuments(documents: Documents, envelope: Envelope): Documents {
  const opened = (key: string, found: Versioned | undefined): Versioned | undefined =>
    found && lazily(found.version, () => openValue(envelope, { kind: 'document', key }, found.value))
  return {
    get: async (key) => opened(key, await documents.get(key)),
    getMany: async (keys) => {
      const found = await documents.getMany(keys)
      return keys.map((key, at) => opened(key, found[at]))
    },
    put: async (writes) =>
      documents.put(
        writes.map(({ key, expected, value }) => ({
          key,
          expected,
          value: value === undefined ? undefined : sealValue(envelope, { kind: 'document', key }, value),
        })),
      ),
  }
}

function sealLogs(logs: Logs, envelope: Envelope): Logs {
  const opened = (log: string, { sequence, id, value }: LogEntry): LogEntry => ({
    sequence,
    id,
    value: openValue(envelope, { kind: 'entry', log, id }, value),
  })
  return {
    append: async (log, entries) =>
      logs.append(
        log,
        entries.map(({ id, value }) => ({
          id,
          value: sealValue(envelope, { kind: 'entry', log, id }, value),
        })),
      ),
    read: async (log, after, limit) =>
      (await logs.read(log, after, limit)).map((entry) => opened(log, entry)),
    last: (log) => logs.last(log),
    async *tail(log, after, signal) {
      for await (const entry of logs.tail(log, after, signal)) yield opened(log, entry)
    },
    remove: (log) => logs.remove(log),
  }
}

function sealQueue(queue: DueQueue, name: string, envelope: Envelope): DueQueue {
  const place = (id: string) => ({ kind: 'item', queue: name, id }) as const
  return {
    schedule: async ({ id, due, value }) =>
      queue.schedule({ id, due, value: sealValue(envelope, place(id), value) }),
    cancel: (id) => queue.cancel(id),
    claim: async (now, limit, leaseMs) =>
      (await queue.claim(now, limit, leaseMs)).map((item) => ({
        ...item,
        value: openValue(envelope, place(item.id), item.value),
      })),
    done: (id, receipt) => queue.done(id, receipt),
    release: (id, receipt, due) => queue.release(id, receipt, due),
  }
}
