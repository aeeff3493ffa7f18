import type { Request, Response, Server } from 'restify'
import { z } from 'zod'
import type { Brain } from '../../bot/turn/brain.ts'
import { LANGUAGES } from '../../language.ts'
import { ask, type Told } from '../../understanding/ask/ask.ts'
import { checkAnswers } from './assess.ts'
import { invalidRequest } from './invalid.ts'
import { requestLanguage } from './language.ts'

export interface AskOptions {
  readonly brain: Brain
  /** The day on which facts are read where a request names none: ISO date in Asia/Shanghai. */
  readonly today: () => string
  /** Told of questions that no fact answers. */
  readonly onUnanswered: (question: string) => Promise<void>
}

const bodySchema = z.strictObject({
  question: z.string().trim().min(1).max(2000),
  lang: z.enum(LANGUAGES).optional(),
  asOf: z.iso.date().optional(),
  context: z.strictObject({ answers: z.record(z.string(), z.unknown()).default({}) }).optional(),
})
const EXAMPLE =
  '{"question":"Does Guangdong ask for SMS verification?","lang":"en","context":{"answers":{"entity.kind":"enterprise"}}}'

/** POST /api/ask: an answer from the facts, with the ids of those it rests on; says plainly when it does not know. */
export function mountAsk(server: Server, { brain, today, onUnanswered }: AskOptions): void {
  server.post('/api/ask', async (request: Request, response: Response) => {
    const parsed = bodySchema.safeParse(request.body)
    if (!parsed.success) throw invalidRequest(parsed.error, EXAMPLE)
    const { question, lang = requestLanguage(request), asOf = today(), context } = parsed.data
    const answers = checkAnswers(brain.book, context?.answers ?? {})
    const result = ask(brain, brain.asks(), { question, lang, context: { answers }, asOf })
    if (!result.known && !result.outOfScope) await onUnanswered(question)
    response.json(200, {
      ...result,
      lang,
      facts: result.facts.map((fact) => told(fact, asOf)),
      alternatives: result.alternatives.map((fact) => told(fact, asOf)),
    })
  })
}

function told({ id, text, note, sources, newest, confidence, current }: Told, asOf: string) {
  return { id, text, note, sources, newest, asOf, confidence, current }
}
