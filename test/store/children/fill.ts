/**
 * Fills a small disk: multi-key batches and log appends, several at a time, until the store says it is full.
 * Then checks that exactly the acknowledged writes are there, frees space and writes once more.
 * Arguments: folder of the disk. Prints one line of JSON.
 */
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../src/errors.ts'
import { openEmbeddedStore } from '../../../src/store/embedded/open.ts'

const disk = process.argv[2] ?? '.'
const ballast = join(disk, 'ballast')
await writeFile(ballast, Buffer.alloc(1024 * 1024))
const path = join(disk, 'store')
let store = await openEmbeddedStore({ path })

const PARTS = [0, 1, 2]
const keysOf = (n: number): string[] => PARTS.map((part) => `batch ${n} part ${part}`)
const outcomes = new Map<number, string>()

async function writeBatch(n: number): Promise<void> {
  try {
    const writes = keysOf(n).map((key) => ({
      key,
      expected: 0,
      value: 'x'.repeat(n % 3 === 0 ? 30_000 : 300),
    }))
    await store.documents.put(writes)
    await store.logs.append(
      `log ${n}`,
      [1, 2, 3].map((id) => ({ id: `${id}`, value: id })),
    )
    outcomes.set(n, 'kept')
  } catch (error) {
    outcomes.set(n, error instanceof AppError ? error.code : String(error))
  }
}

let next = 0
while (next < 5000 && ![...outcomes.values()].some((outcome) => outcome !== 'kept')) {
  await Promise.all(Array.from({ length: 8 }, () => writeBatch((next += 1))))
}

async function broken(): Promise<string[]> {
  const found: string[] = []
  for (const [n, outcome] of outcomes) {
    const parts = (await store.documents.getMany(keysOf(n))).filter((part) => part !== undefined).length
    const entries = (await store.logs.read(`log ${n}`, 0)).length
    const last = await store.logs.last(`log ${n}`)
    const right =
      outcome === 'kept' ? parts === 3 && entries === 3 && last === 3 : parts % 3 === 0 && entries % 3 === 0
    if (!right || entries !== last) found.push(`${n} ${outcome} ${parts} ${entries} ${last}`)
  }
  return found
}

const failures = [...new Set([...outcomes.values()].filter((outcome) => outcome !== 'kept'))]
await store.close()
store = await openEmbeddedStore({ path })
const brokenWhileFull = await broken()
const beginning = await openEmbeddedStore({ path: join(disk, 'another') }).then(
  () => 'open',
  (error: unknown) => (error instanceof AppError ? error.code : String(error)),
)
await rm(ballast)
await store.ready()
await writeBatch(next + 1)
const afterwards = outcomes.get(next + 1)
await store.close()
store = await openEmbeddedStore({ path })
console.log(
  JSON.stringify({
    failures,
    brokenWhileFull,
    beginning,
    afterwards,
    brokenAfterwards: await broken(),
    batches: next,
  }),
)
await store.close()
