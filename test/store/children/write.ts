/**
 * Writes without end, several writers at once, and says so on stdout after each acknowledgement:
 * `documents W N` (three documents of writer W hold N), `log W N` (its log ends with the three entries of N),
 * `item W N` (its queue item holds N). Argument: path. Meant to be killed.
 */
import { writeSync } from 'node:fs'
import { openEmbeddedStore } from '../../../src/store/embedded/open.ts'

const store = await openEmbeddedStore({ path: process.argv[2] ?? '' })

async function writer(w: number): Promise<never> {
  const keys = ['a', 'b', 'c'].map((part) => `${w} ${part}`)
  let found = await store.documents.getMany(keys)
  let n = typeof found[0]?.value === 'number' ? found[0].value : 0
  for (;;) {
    n += 1
    const value = n
    await store.documents.put(
      keys.map((key, index) => ({ key, expected: found[index]?.version ?? 0, value })),
    )
    writeSync(1, `documents ${w} ${n}\n`)
    await store.logs.append(
      `log ${w}`,
      ['x', 'y', 'z'].map((part) => ({ id: `${n} ${part}`, value: 'v'.repeat(n % 500) })),
    )
    writeSync(1, `log ${w} ${n}\n`)
    await store.queue('q').schedule({ id: `${w}`, due: n, value: n })
    writeSync(1, `item ${w} ${n}\n`)
    found = await store.documents.getMany(keys)
  }
}

await Promise.all([0, 1, 2, 3].map(writer))
