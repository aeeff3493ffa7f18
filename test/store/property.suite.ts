import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, Store, Versioned } from '../../src/store/port.ts'
import type { Subject } from './conformance.ts'

/** Few keys, so that operations meet; each run adds its own prefix, so that runs do not. */
const keys = fc.constantFrom('a', 'b', 'a\u0000', '__proto__', 'constructor', '备案')
const values = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as Json)
const times = fc.nat({ max: 20 })
const RUNS = { numRuns: 40 }

const documentStep = fc.uniqueArray(
  fc.record({
    key: keys,
    value: fc.option(values, { nil: undefined }),
    seen: fc.constantFrom('current', 'current', 'current', 'none', 'stale'),
  }),
  { selector: (write) => write.key, minLength: 1, maxLength: 4 },
)

const logStep = fc.record({ log: keys, ids: fc.array(fc.nat({ max: 12 }), { maxLength: 5 }), after: times })

const queueStep = fc.oneof(
  fc.record({ do: fc.constant('schedule' as const), id: keys, due: times }),
  fc.record({ do: fc.constant('cancel' as const), id: keys }),
  fc.record({ do: fc.constant('claim' as const), now: times, lease: times }),
  fc.record({ do: fc.constant('done' as const), receipt: fc.nat() }),
  fc.record({ do: fc.constant('release' as const), receipt: fc.nat(), due: times }),
)

/** Random histories against models small enough to be seen to be right. */
export function propertySuite({ store }: Subject): void {
  let run = 0

  describe('any history', () => {
    test('documents behave like a map with versions', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(documentStep, { maxLength: 12 }), async (steps) => {
          await documentHistory(store(), `run ${(run += 1)} `, steps)
        }),
        RUNS,
      )
    })

    test('logs behave like lists without doubles', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(logStep, { maxLength: 12 }), async (steps) => {
          await logHistory(store(), `run ${(run += 1)} `, steps)
        }),
        RUNS,
      )
    })

    test('a queue behaves like a list of items with the time they are visible', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(queueStep, { maxLength: 30 }), async (steps) => {
          await queueHistory(store(), `run ${(run += 1)}`, steps)
        }),
        RUNS,
      )
    })
  })
}

type Step<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never

async function documentHistory(
  { documents }: Store,
  prefix: string,
  steps: Step<typeof documentStep>[],
): Promise<void> {
  const model = new Map<string, Versioned>()
  const used = new Map<string, number[]>()
  for (const step of steps) {
    const writes = step.map(({ key, value, seen }) => {
      const current = model.get(key)?.version ?? 0
      const stale = used.get(key)?.find((version) => version !== current) ?? current + 1
      return { key, value, expected: { current, none: 0, stale }[seen] }
    })
    const conflicts = writes.filter(({ key, expected }) => (model.get(key)?.version ?? 0) !== expected)
    const result = await documents.put(writes.map((write) => ({ ...write, key: prefix + write.key })))
    if (conflicts.length > 0) {
      expect(result).toEqual({ ok: false, conflicts: conflicts.map(({ key }) => prefix + key) })
    } else {
      if (!result.ok) throw new Error('the store saw a conflict where there was none')
      writes.forEach(({ key, value }, index) => {
        const version = result.versions[index]!
        expect(used.get(key) ?? []).not.toContain(version)
        used.set(key, [...(used.get(key) ?? []), version])
        if (value === undefined) model.delete(key)
        else model.set(key, { value, version })
      })
    }
    const all = ['a', 'b', 'a\u0000', '__proto__', 'constructor', '备案']
    const found = await documents.getMany(all.map((key) => prefix + key))
    // As text: that compares fields named __proto__ too.
    const text = (list: readonly (Versioned | undefined)[]): string[] =>
      list.map((one) => JSON.stringify([one?.version, one?.value]))
    expect(text(found)).toEqual(text(all.map((key) => model.get(key))))
  }
}

async function logHistory({ logs }: Store, prefix: string, steps: Step<typeof logStep>[]): Promise<void> {
  const model = new Map<string, string[]>()
  for (const { log, ids, after } of steps) {
    const list = model.get(log) ?? []
    model.set(log, list)
    const names = ids.map((id) => `id ${id}`)
    for (const name of names) if (!list.includes(name)) list.push(name)
    const sequences = await logs.append(
      prefix + log,
      names.map((id) => ({ id, value: [id] })),
    )
    expect(sequences).toEqual(names.map((id) => list.indexOf(id) + 1))
    expect(await logs.last(prefix + log)).toBe(list.length)
    const expected = list.map((id, index) => ({ sequence: index + 1, id, value: [id] })).slice(after)
    expect(await logs.read(prefix + log, after)).toEqual(expected)
    expect(await logs.read(prefix + log, after, 2)).toEqual(expected.slice(0, 2))
  }
}

async function queueHistory(store: Store, name: string, steps: Step<typeof queueStep>[]): Promise<void> {
  const queue = store.queue(name)
  const model = new Map<string, { due: number; visible: number; receipt: string | undefined }>()
  const receipts: { id: string; receipt: string }[] = []
  for (const step of steps) {
    if (step.do === 'schedule') {
      await queue.schedule({ id: step.id, due: step.due, value: step.id })
      model.set(step.id, { due: step.due, visible: step.due, receipt: undefined })
    } else if (step.do === 'cancel') {
      expect(await queue.cancel(step.id)).toBe(model.delete(step.id))
    } else if (step.do === 'claim') {
      const claimed = await queue.claim(step.now, 100, step.lease)
      const due = [...model].filter(([, item]) => item.visible <= step.now)
      expect(claimed.map(({ id }) => id).sort()).toEqual(due.map(([id]) => id).sort())
      const dues = claimed.map((item) => item.due)
      expect(dues).toEqual(due.map(([, item]) => item.due).sort((one, other) => one - other))
      for (const { id, due, value, receipt } of claimed) {
        expect([due, value]).toEqual([model.get(id)?.due, id])
        model.set(id, { due, visible: step.now + step.lease, receipt })
        receipts.push({ id, receipt })
      }
    } else {
      const claim = receipts[step.receipt % receipts.length]
      if (claim === undefined) continue
      const valid = model.get(claim.id)?.receipt === claim.receipt
      if (step.do === 'done') {
        expect(await queue.done(claim.id, claim.receipt)).toBe(valid)
        if (valid) model.delete(claim.id)
      } else {
        expect(await queue.release(claim.id, claim.receipt, step.due)).toBe(valid)
        if (valid) model.set(claim.id, { due: step.due, visible: step.due, receipt: undefined })
      }
    }
  }
}
