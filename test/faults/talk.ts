import type { Input, Payload } from '../../src/rendering/message.ts'
import type { StubbornClient } from './client.ts'

const ASIDES = {
  en: ['help', 'why', 'my answers', 'back', 'blah blah', '中文'],
  'zh-CN': ['帮助', '为什么', '我的回答', '上一步', '呱呱呱', 'English'],
} as const

/** One conversation with detours and double taps, to its end or to `turns` messages. */
export async function talk(client: StubbornClient, turns: number, random: () => number): Promise<void> {
  await client.start()
  for (let turn = 0; turn < turns; turn += 1) {
    const { open } = client
    const asides = ASIDES[client.language]
    // A question that is only typed has nothing to tap.
    if (!open || open.options.length === 0 || random() < 0.25) {
      await client.send(pick(asides, random))
      if (!open && random() < 0.5) return
    } else await answer(client, open, random)
  }
}

async function answer(client: StubbornClient, input: Input, random: () => number): Promise<void> {
  const option = pick(input.options, random)
  const payload: Payload = {
    kind: 'answer',
    question: input.question,
    version: input.version,
    answer: input.kind === 'choices' ? [option.value] : option.value,
  }
  if (random() < 0.5) await client.send(option.label)
  else await client.send(option.label, payload)
  // A second tap on the same button, as impatient people do.
  if (random() < 0.1) await client.send(option.label, payload)
}

function pick<T>(from: readonly T[], random: () => number): T {
  const chosen = from[Math.floor(random() * from.length)]
  if (chosen === undefined) throw new Error('nothing to choose from')
  return chosen
}

/** A seeded generator (mulberry32), so that a failing run can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
