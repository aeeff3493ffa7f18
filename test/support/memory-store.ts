import { EventEmitter, once } from 'node:events'
import type {
  Documents,
  DueQueue,
  LogEntry,
  Logs,
  NewEntry,
  Store,
  Versioned,
  Write,
} from '../../src/store/port.ts'
import { AppError } from '../../src/errors.ts'

/** A store for tests of what stands on a store: as the port says, in memory, without queues. */
export function memoryStore(): Store {
  const closing = new AbortController()
  const logs = memoryLogs(closing.signal)
  return {
    documents: memoryDocuments(),
    logs,
    queue: (): DueQueue => {
      throw new AppError('internal', { detail: 'No queues here.', remedy: 'Use a real store.' })
    },
    ready: async () => undefined,
    close: async () => closing.abort(),
  }
}

function memoryDocuments(): Documents {
  const documents = new Map<string, Versioned>()
  let version = 0
  const get = async (key: string) => structuredClone(documents.get(key))
  return {
    get,
    getMany: (keys) => Promise.all(keys.map(get)),
    async put(writes: readonly Write[]) {
      const conflicts = writes.filter(
        ({ key, expected }) => expected !== 'any' && (documents.get(key)?.version ?? 0) !== expected,
      )
      if (conflicts.length > 0) return { ok: false, conflicts: conflicts.map(({ key }) => key) }
      const versions = writes.map(({ key, value }) => {
        version += 1
        if (value === undefined) documents.delete(key)
        else documents.set(key, structuredClone({ value, version }))
        return version
      })
      return { ok: true, versions }
    },
  }
}

function memoryLogs(closing: AbortSignal): Logs {
  const logs = new Map<string, LogEntry[]>()
  const news = new EventEmitter().setMaxListeners(0)
  const entriesOf = (log: string) => logs.get(log) ?? []

  function appendOne(log: string, { id, value }: NewEntry): number {
    const known = entriesOf(log).find((entry) => entry.id === id)
    if (known) return known.sequence
    const sequence = entriesOf(log).length + 1
    logs.set(log, [...entriesOf(log), structuredClone({ id, value, sequence })])
    return sequence
  }

  async function* tail(log: string, after: number, signal: AbortSignal): AsyncGenerator<LogEntry> {
    const end = AbortSignal.any([signal, closing])
    for (let seen = after; !end.aborted;) {
      const [next] = entriesOf(log).filter(({ sequence }) => sequence > seen)
      if (next) {
        seen = next.sequence
        yield structuredClone(next)
      } else {
        await once(news, 'append', { signal: end }).catch(() => undefined)
      }
    }
  }

  return {
    async append(log, entries) {
      const sequences = entries.map((entry) => appendOne(log, entry))
      news.emit('append')
      return sequences
    },
    async read(log, after, limit = 1000) {
      return structuredClone(
        entriesOf(log)
          .filter(({ sequence }) => sequence > after)
          .slice(0, limit),
      )
    },
    last: async (log) => entriesOf(log).at(-1)?.sequence ?? 0,
    tail,
    async remove(log) {
      logs.delete(log)
    },
  }
}
