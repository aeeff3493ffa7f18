/** `npm run unanswered`: what people asked in vain, grouped, with how often. Reads the store of the assistant. */
import { join } from 'node:path'
import { listUnanswered } from '../src/bot/unanswered.ts'
import { AppError } from '../src/errors.ts'
import { readConfig } from '../src/server/config.ts'
import { openConfiguredStore } from '../src/server/open-store.ts'

async function main(): Promise<void> {
  const root = join(import.meta.dirname, '..')
  const store = await openConfiguredStore(readConfig(process.env), root, (text) => console.error(text))
  try {
    const all = await listUnanswered(store)
    for (const { times, last, question } of all) console.log(`${times}×  ${last.slice(0, 10)}  ${question}`)
    console.log(all.length === 0 ? 'Nothing was asked in vain.' : `${all.length} questions`)
  } finally {
    await store.close()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof AppError ? `${error.message}\n${error.remedy}` : error)
  process.exitCode = 1
})
