import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { deadLetterLine } from './bot/dead-letter-line.ts'
import { DeadLetters } from './bot/dead-letters.ts'
import { AppError } from './errors.ts'
import { readConfig } from './server/config.ts'
import { openConfiguredStore } from './server/open-store.ts'

const USAGE = 'npm run dead-letters [-- --retry ID | --retry-all | --drop ID]'

/** Lists the work that was given up, puts it back into its queue, or drops it. Reads the store of the assistant. */
async function main(): Promise<void> {
  const { retry, all, drop } = readArguments()
  const root = join(import.meta.dirname, '..')
  const store = await openConfiguredStore(readConfig(process.env), root, (text) => console.error(text))
  try {
    const letters = new DeadLetters(store)
    if (drop !== undefined) return console.log(`Dropped: ${deadLetterLine(await letters.drop(drop))}`)
    const open = await letters.open()
    for (const id of all ? open.map((letter) => letter.id) : retry === undefined ? [] : [retry])
      console.log(`Tried again: ${deadLetterLine(await letters.retry(id, new Date()))}`)
    if (retry !== undefined) return
    if (!all) for (const letter of open) console.log(deadLetterLine(letter))
    console.log(open.length === 0 ? 'Nothing was given up.' : `${open.length} dead letters`)
  } finally {
    await store.close()
  }
}

interface Arguments {
  readonly retry: string | undefined
  readonly all: boolean
  readonly drop: string | undefined
}

function readArguments(): Arguments {
  try {
    const { values } = parseArgs({
      options: {
        retry: { type: 'string' },
        'retry-all': { type: 'boolean', default: false },
        drop: { type: 'string' },
      },
    })
    return { retry: values.retry, all: values['retry-all'], drop: values.drop }
  } catch (cause) {
    throw new AppError('config-invalid', {
      detail: cause instanceof Error ? cause.message : 'The arguments cannot be read.',
      remedy: `Use: ${USAGE}`,
      cause,
    })
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof AppError ? `${error.message}\n${error.remedy}` : error)
  process.exitCode = 1
})
