import { describe, expect, it } from 'vitest'
import { LANGUAGES, type Language } from '../../src/language.ts'
import type { Action, Message } from '../../src/rendering/message.ts'
import { phrase } from '../../src/rendering/phrases.ts'
import { brain } from '../support/brain.ts'
import { Story, wholeText, type Facts } from '../support/story.ts'
import { pureTalker } from '../support/talker.ts'
import { HANGZHOU } from '../stories/applications.ts'
import { APPLICANTS, FILINGS, SITES } from '../stories/cases.ts'

const FACTS: Facts = { ...FILINGS['already-filed'], ...APPLICANTS['individual'], ...SITES['news'] }

const COMMANDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: { help: 'help', why: 'why', summary: 'my answers', human: 'human', nonsense: 'qwertzuiop asdf' },
  'zh-CN': { help: '帮助', why: '为什么', summary: '我的回答', human: '转人工', nonsense: '呱呱呱呱呱' },
}

/** A story stopped at each question of the path, and once at its end. */
async function atEvery(language: Language, look: (story: Story) => Promise<void>): Promise<number> {
  let stops = 0
  for (let answered = 0; ; answered += 1) {
    const story = new Story(pureTalker(language), language, 'words')
    await story.begin()
    for (let at = 0; at < answered && story.open; at += 1) {
      const value = FACTS[story.open.question]
      if (value === undefined) throw new Error(`no fact for ${story.open.question}`)
      await story.answer(story.open, value)
    }
    const ended = story.open === undefined
    await look(story)
    stops += 1
    if (ended) return stops
  }
}

describe.each(LANGUAGES)('in every state, in %s', (language) => {
  it.each(Object.entries(COMMANDS[language]))('%s returns to the very same question', async (_, text) => {
    const stops = await atEvery(language, async (story) => {
      const open = story.open?.question
      const replies = await story.say(text)
      expect(replies.length).toBeGreaterThan(0)
      expect(story.open?.question).toBe(open)
      if (open !== undefined)
        expect(wholeText(replies)).toContain(brain.dialogs.questions.get(open)?.ask[language])
    })
    expect(stops).toBeGreaterThan(12)
  })

  it('back opens the question before, with the answer it had', async () => {
    await atEvery(language, async (story) => {
      const open = story.open?.question
      const replies = await story.say(language === 'en' ? 'back' : '上一步')
      if (story.messages.length < 4) return
      expect(story.open?.question).not.toBe(open)
      expect(wholeText(replies)).toContain(
        phrase(brain.phrases, language, 'previously', { answer: '' }).trim(),
      )
      await story.say(phrase(brain.phrases, language, 'keep'))
      expect(story.open?.question).toBe(open)
    })
  })

  it('the language can be switched, and the question is put in the other one', async () => {
    await atEvery(language, async (story) => {
      const open = story.open?.question
      const other = language === 'en' ? 'zh-CN' : 'en'
      const replies = await story.say(language === 'en' ? '中文' : 'English')
      expect(replies.every((reply) => reply.language === other)).toBe(true)
      expect(story.open?.question).toBe(open)
    })
  })

  it('restart asks first, and a no changes nothing', async () => {
    await atEvery(language, async (story) => {
      const open = story.open?.question
      await story.say(language === 'en' ? 'start over' : '重新开始')
      expect(story.open).toBeUndefined()
      await story.say(language === 'en' ? 'no' : '不')
      expect(story.open?.question).toBe(open)
      await story.say(language === 'en' ? 'start over' : '重新开始')
      await story.say(language === 'en' ? 'yes' : '是的')
      expect(story.open?.question).toBe('service.kind')
    })
  })

  it('what buttons do can be typed as well: every label is understood', async () => {
    await atEvery(language, async (story) => {
      for (const action of story.messages.at(-1)?.actions ?? []) {
        const pressed = await afterwards(story, (twin) => twin.press(action.payload, action.label))
        const typed = await afterwards(story, (twin) => twin.say(action.label))
        expect(typed.map(comparable), action.label).toEqual(pressed.map(comparable))
      }
    })

    async function afterwards(
      story: Story,
      act: (twin: Story) => Promise<readonly Message[]>,
    ): Promise<readonly Message[]> {
      const twin = new Story(pureTalker(language), language, 'words')
      await twin.begin()
      for (const key of story.messages.flatMap(({ input }) => input?.question ?? []).slice(0, -1))
        if (twin.open?.question === key) await twin.answer(twin.open, FACTS[key] ?? '')
      return act(twin)
    }
  })

  it('not sure is an answer wherever it is offered, and ends in the results still possible', async () => {
    const story = new Story(pureTalker(language), language, 'words')
    await story.begin()
    for (let turns = 0; story.open && turns < 40; turns += 1) {
      const { unsure, question } = story.open
      if (unsure) await story.say(unsure)
      else await story.answer(story.open, FACTS[question] ?? 'CN-BJ')
    }
    const told = wholeText(story.messages)
    expect(told).toContain(phrase(brain.phrases, language, 'result-open'))
    expect(told).toContain(phrase(brain.phrases, language, 'result-settle'))
  })

  it('a misunderstood answer is explained better each time, with a way out at the third', async () => {
    const story = new Story(pureTalker(language), language, 'words')
    await story.begin()
    await story.answer(story.open!, 'website')
    const text = COMMANDS[language]['nonsense'] ?? ''
    const replies = [await story.say(text), await story.say(text), await story.say(text)]
    expect(new Set(replies.map(wholeText)).size).toBe(3)
    const wayOut = labels(replies[2]?.at(-1))
    expect(wayOut).toContain(phrase(brain.phrases, language, 'unsure-option'))
    expect(wayOut).toContain(phrase(brain.phrases, language, 'action-human'))
  })
})

describe.each(LANGUAGES)('at every typed question and form, in %s', (language) => {
  it('commands, nonsense, a file and a switch of language return to it, form and all', async () => {
    const talker = pureTalker(language)
    const story = new Story(talker, language, 'words')
    await story.begin()
    let typed = 0
    while (story.open) {
      const { question, kind, form } = story.open
      if (kind === 'text') {
        typed += 1
        const fields = form?.fields.map((field) => field.question)
        const back = language === 'en' ? 'en' : 'zh-CN'
        for (const text of [
          ...Object.entries(COMMANDS[language]).flatMap(([name, word]) =>
            name === 'nonsense' ? [] : [word],
          ),
          ...[
            '',
            '？！',
            '😀😀',
            'x'.repeat(2000),
            language === 'en' ? '中文' : 'English',
            back === 'en' ? 'English' : '中文',
          ],
        ]) {
          const replies = await story.say(text)
          expect(replies.length, `${question}: ${text}`).toBeGreaterThan(0)
          expect(story.open?.question, `${question}: ${text}`).toBe(question)
          expect(story.open?.form?.fields.map((field) => field.question)).toEqual(fields)
        }
        const [file] = await talker.file()
        expect(wholeText(file ? [file] : [])).toContain(
          phrase(brain.phrases, language, 'field-file').slice(0, 12),
        )
      }
      await story.answer(story.open, HANGZHOU[question] ?? '')
      expect(story.open?.question).not.toBe(question)
    }
    expect(typed).toBeGreaterThan(18)
  })
})

function labels(message: Message | undefined): readonly string[] {
  return (message?.actions ?? []).map((action: Action) => action.label)
}

/** A typed answer is repeated for confirmation; a pressed one is not. */
function comparable(message: Message): unknown {
  return { question: message.input?.question, actions: labels(message) }
}
