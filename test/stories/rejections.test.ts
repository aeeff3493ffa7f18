import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { describe, expect, it } from 'vitest'
import { takeTurn } from '../../src/bot/turn/take-turn.ts'
import { resolveCase } from '../../src/bot/turn/brain.ts'
import { newTalk, type Standing } from '../../src/bot/turn/standing.ts'
import type { Incoming } from '../../src/bot/turn/turn.ts'
import { CHECKED, newCase } from '../../src/interview/case.ts'
import { preCheck } from '../../src/interview/pre-check/pre-check.ts'
import type { PreCheckRule } from '../../src/interview/pre-check/schema.ts'
import { LANGUAGES, type Language } from '../../src/language.ts'
import type { Message, Statement } from '../../src/rendering/message.ts'
import { phrase } from '../../src/rendering/phrases.ts'
import type { PhraseId } from '../../src/rendering/phrase-ids.ts'
import type { Answers } from '../../src/rules/answers.ts'
import { brain, TODAY } from '../support/brain.ts'
import { wholeText } from '../support/story.ts'

/** Each rejection known to the rules: triggered, explained, mended by an answer, gone. */
const { rules, rejections } = brain.preCheck
const reviewers = z
  .array(z.object({ text: z.string(), is: z.array(z.string()) }))
  .parse(parse(readFileSync(new URL('../following/rejections.yaml', import.meta.url), 'utf8')))

/** What a reviewer writes for that reason, and for no other where there is such a text. */
function reviewerText(id: string): string {
  const fitting = reviewers.filter(({ is }) => is.some((name) => `reject.${name}` === id))
  const found = fitting.find(({ is }) => is.length === 1) ?? fitting[0]
  if (!found) throw new Error(`no reviewer's text for ${id}`)
  return found.text
}

class Applicant {
  standing: Standing
  replies: readonly Message[] = []
  constructor(language: Language, answers: Answers) {
    this.standing = { case: { ...newCase('story', language, new Date(0)), answers }, talk: newTalk }
  }
  take(incoming: Incoming): readonly Message[] {
    const result = takeTurn(brain, this.standing, incoming, TODAY)
    this.standing = result.standing
    this.replies = result.replies
    return result.replies
  }
  say = (text: string) => this.take({ kind: 'text', text })
  /** Answers the open question. */
  answer(question: string, value: string | readonly string[]): void {
    const version = this.standing.case.revision
    this.take({ kind: 'payload', payload: { kind: 'answer', question, version, answer: value } })
  }
  get resolution() {
    return resolveCase(brain, this.standing.case.answers, TODAY)
  }
  get open(): string | undefined {
    return this.resolution.open?.question.id
  }
  get foreseen(): readonly (string | undefined)[] {
    return preCheck(brain.preCheck, this.resolution).map(({ rejection }) => rejection)
  }
  /** Gives the answers that mend it: those that are asked again, then the others by "change". */
  mend(answers: Answers): void {
    const text = (question: string) => {
      const wanted = answers[question] ?? this.standing.case.aside[question] ?? rules.sound[question]
      const field = brain.dialogs.questions.get(question)?.field !== undefined
      // What is right already is kept, as the button beside it does.
      if (field && String(wanted) === String(this.standing.case.aside[question])) return []
      return typeof wanted === 'string' || !field ? wanted : wanted?.join(', ')
    }
    const finish = () => {
      for (let turns = 0; turns < 40 && this.open !== undefined && this.open !== CHECKED; turns += 1)
        this.answer(this.open, text(this.open) ?? '')
      expect(this.open === undefined || this.open === CHECKED).toBe(true)
    }
    finish()
    for (const [key, value] of Object.entries(answers)) {
      const now = this.standing.case.answers[key]
      if (String(now) === String(value) || !this.resolution.path.some(({ question }) => question.id === key))
        continue
      this.take({ kind: 'payload', payload: { kind: 'command', command: 'edit', argument: key } })
      finish()
    }
  }
}

function statements(messages: readonly Message[]): readonly Statement[] {
  return messages.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'statements' ? block.items : [])),
  )
}

const foreseen = rules.rules.filter(
  (rule): rule is PreCheckRule & { rejection: string } => rule.rejection !== undefined,
)

/** Whether nothing else of the example foresees the same rejection. */
function onlyOne({ rejection, example, mended }: PreCheckRule): boolean {
  const answers = { ...rules.sound, ...example, ...mended }
  return !preCheck(brain.preCheck, resolveCase(brain, answers, TODAY)).some(
    (one) => one.rejection === rejection,
  )
}

describe.each(LANGUAGES)('a rejection, in %s', (language) => {
  const said = (id: PhraseId, values?: Record<string, string>) => phrase(brain.phrases, language, id, values)
  const titleOf = (id: string) => rejections.get(id)?.title[language] ?? id

  it.each(foreseen.map((rule) => [rule.id, rule] as const))(
    '%s: found by the pre-check with its source, mended, gone',
    (id, rule) => {
      const applicant = new Applicant(language, { ...rules.sound, ...rule.example })
      const shown = applicant.say(language === 'en' ? 'pre-check' : '预审')
      const found = statements(shown).filter((item) => item.id.split(' ')[0] === id)
      expect(found.length).toBeGreaterThan(0)
      for (const { text, sources } of found) {
        expect(text).toContain(rule.title?.[language] ?? titleOf(rule.rejection))
        expect(text).toContain(language === 'en' ? 'What to do:' : '处理：')
        expect(sources.length).toBeGreaterThan(0)
      }
      // Asking changed nothing: the same question is open.
      expect(applicant.open).toBe(applicant.replies.at(-1)?.input?.question)
      applicant.mend(rule.mended)
      const after = applicant.say(language === 'en' ? 'check it' : '检查一下')
      expect(statements(after).filter((item) => item.id.split(' ')[0] === id)).toEqual([])
    },
  )

  const firsts = [...new Set(foreseen.map(({ rejection }) => rejection))]
  it.each(firsts)(
    '%s: a reviewer’s text reopens the answers, and the pre-check confirms the repair',
    (id) => {
      const rule = foreseen.find((one) => one.rejection === id && onlyOne(one))!
      const applicant = new Applicant(language, { ...rules.sound, ...rule.example })
      expect(applicant.foreseen).toContain(id)
      const told = applicant.say(`驳回原因：${reviewerText(id)}`)
      expect(wholeText(told)).toContain(titleOf(id))
      const reopened = Object.keys(applicant.standing.case.aside)
      expect(reopened.filter((key) => !(rejections.get(id)?.keys ?? []).includes(key))).toEqual([])
      applicant.mend(rule.mended)
      const last = wholeText(applicant.replies.slice(-1))
      expect(applicant.foreseen).not.toContain(id)
      const shown = last.includes(said('repair-title')) ? last : wholeText(applicant.say('pre-check'))
      expect(shown).toContain(JSON.stringify(said('repair-gone', { title: titleOf(id) })).slice(1, -1))
    },
  )

  it.each(rules.unforeseen.map(({ rejection }) => [rejection] as const))(
    '%s: out of sight, explained when it happens, never called mended',
    (id) => {
      const example = { ...rules.sound, 'entity.filing': 'elsewhere', 'entity.province': 'CN-GD' }
      const applicant = new Applicant(language, example)
      const beforehand = statements(applicant.say(language === 'en' ? 'pre-check' : '预审'))
      expect(beforehand.find((item) => item.id === id)?.text).toContain(titleOf(id))
      const told = applicant.say(`驳回原因：${reviewerText(id)}`)
      expect(wholeText(told)).toContain(titleOf(id))
      expect(wholeText(told)).toContain(rejections.get(id)?.fix[language] ?? '?')
      applicant.mend({})
      const after = wholeText(applicant.say('pre-check'))
      expect(after).toContain(said('repair-title'))
      expect(after).not.toContain(said('repair-gone', { title: titleOf(id) }))
      expect(after).toContain(
        said('repair-unseen', { title: titleOf(id), fix: rejections.get(id)?.fix[language] ?? '' }),
      )
    },
  )

  it('says so while a reason is still there', () => {
    const applicant = new Applicant(language, { ...rules.sound, 'domain.holder': 'somebody-else' })
    applicant.say(`驳回原因：${reviewerText('reject.holder')}`)
    expect(applicant.open).toBe('domain.holder')
    // The same answers once more: nothing is mended by that.
    applicant.mend({})
    const last = wholeText(applicant.replies.slice(-1))
    expect(last).toContain(said('repair-left', { title: titleOf('reject.holder') }))
    expect(last).toContain(said('precheck-rejects'))
  })

  it('is forgotten once the application is handed in again', () => {
    const applicant = new Applicant(language, rules.sound)
    applicant.say(language === 'en' ? 'I submitted it' : '已提交')
    applicant.say(`驳回原因：${reviewerText('reject.holder')}`)
    expect(applicant.standing.case.following?.returned).toEqual(['reject.holder'])
    applicant.mend({})
    applicant.say(language === 'en' ? 'I submitted it' : '已提交')
    expect(applicant.standing.case.following?.returned).toBeUndefined()
    expect(wholeText(applicant.say('pre-check'))).not.toContain(said('repair-title'))
  })
})

it('every rejection of the rules has its story', () => {
  const told = [
    ...foreseen.map(({ rejection }) => rejection),
    ...rules.unforeseen.map(({ rejection }) => rejection),
  ]
  expect([...new Set(told)].sort()).toEqual([...rejections.keys()].sort())
})
