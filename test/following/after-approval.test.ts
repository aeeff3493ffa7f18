import { describe, expect, it } from 'vitest'
import { calendar } from '../../src/interview/following/calendar.ts'
import { deadlinesOf } from '../../src/interview/following/deadlines.ts'
import { checkFooter } from '../../src/interview/following/footer-check.ts'
import { footerSnippet } from '../../src/interview/following/footer-snippet.ts'
import { readFilingNumber } from '../../src/interview/following/filing-number.ts'
import { calendarFile } from '../../src/bot/turn/following/calendar-file.ts'
import { pageAsked } from '../../src/bot/turn/following/page-asked.ts'
import { judgePage, type PageProblem, type PageRead } from '../../src/bot/turn/following/page.ts'
import { readContent } from '../../src/server/page-check/content.ts'
import { LANGUAGES } from '../../src/language.ts'
import { brain } from '../support/brain.ts'
import { book, reached } from './support.ts'
import { completed, Conversation, hangzhou, kit } from './talk.ts'

const LINK = 'https://beian.miit.gov.cn/'
const inProvince = (province: string) =>
  new Conversation('en', completed({ ...hangzhou, 'entity.province': province })).turn().resolution.assessment

describe('the footer', () => {
  const snippet = (province: string, number: string, name?: string) =>
    footerSnippet(inProvince(province), { link: LINK, number, name }, kit.words.snippet)?.html

  it('shows the website number with its link', () => {
    expect(snippet('CN-ZJ', '浙ICP备2026001234号-1')).toContain(
      `<a href="${LINK}" target="_blank" rel="noopener">浙ICP备2026001234号-1</a>`,
    )
    expect(snippet('CN-ZJ', '浙ICP备2026001234号-1', 'x')).not.toContain('版权所有')
    expect(snippet('CN-ZJ', '浙ICP备2026001234号')).toBeUndefined()
  })

  it('shows the number of the entity in Guangdong', () => {
    for (const number of ['粤ICP备2026001234号', '粤ICP备2026001234号-3'])
      expect(snippet('CN-GD', number)).toContain('>粤ICP备2026001234号</a>')
    expect(readFilingNumber(kit.values, inProvince('CN-GD'), '粤ICP备2026001234号')).toMatchObject({
      ok: true,
    })
    expect(readFilingNumber(kit.values, inProvince('CN-ZJ'), '浙ICP备2026001234号')).toMatchObject({
      ok: false,
    })
  })

  it('names the entity in Jiangsu, and none of it acts as markup', () => {
    const html = snippet('CN-JS', '苏ICP备2026001234号-1', '<script>"甲"&$&乙</script>')
    expect(html).toContain('版权所有 © &lt;script&gt;&quot;甲&quot;&amp;$&amp;乙&lt;/script&gt;')
    expect(html).not.toContain('<script>')
  })

  it('is one line, as it is said too', () => {
    expect(snippet('CN-JS', '苏ICP备2026001234号-1', '甲\n公司')?.includes('<footer')).toBe(true)
    const talk = new Conversation('zh-CN', completed(hangzhou))
    for (const text of ['已提交', '通过了，浙ICP备2026001234号-1']) talk.say(text)
    expect(talk.say('页脚代码').text).toContain('beian')
  })
})

describe('the footer of a page', () => {
  const NUMBER = '浙ICP备2026001234号-1'
  const check = (html: string, number = NUMBER) =>
    checkFooter(kit.values, readContent(html, 'https://www.example.cn/'), {
      number,
      link: LINK,
      oldHosts: book.footer.oldHosts,
    })
  const link = (href: string, text = NUMBER) => `<footer><a href="${href}">${text}</a></footer>`

  it.each([
    [link(LINK), 'right'],
    [link('https://beian.miit.gov.cn'), 'right'],
    [link('//beian.miit.gov.cn/#/Integrated/index'), 'right'],
    [link(LINK, '浙ICP备 2026001234 号 - 1'), 'right'],
    [link(LINK, '浙icp備2026001234號－1'), 'right'],
    [`<p>${NUMBER}</p><a href="${LINK}">备案查询</a>`, 'right'],
    [`${'<p>x</p>'.repeat(20_000)}${link(LINK)}`, 'right'],
    [link('http://beian.miit.gov.cn/'), 'old-link'],
    [link('http://www.miitbeian.gov.cn/'), 'old-link'],
    [link('https://www.beian.miit.gov.cn/'), 'old-link'],
    [`<p>${NUMBER}</p>`, 'no-link'],
    [`${NUMBER} © 2026 版权所有`, 'no-link'],
    [`© 2015-2026 某公司 ${NUMBER} 浙公网安备33010602000001号`, 'no-link'],
    [`<p>${NUMBER}</p><a href="/about">x</a>`, 'no-link'],
    [link('https://example.com/'), 'link-elsewhere'],
    [link('https://beian.miit.gov.cn.evil.example/'), 'link-elsewhere'],
    [link('javascript:alert(1)'), 'link-elsewhere'],
    [link(LINK, '浙ICP备2026001234号'), 'other-form'],
    [link(LINK, '浙ICP备2026001234号-2'), 'other-form'],
    [link(LINK, '沪ICP备2025000009号-1'), 'other-number'],
    ['<p>hello</p>', 'no-number'],
    [`<!-- ${NUMBER} -->`, 'no-number'],
    [`<script>var a="${NUMBER}"</script>`, 'no-number'],
    ['', 'no-number'],
  ])('%.80s', (html, kind) => {
    expect(check(html)).toMatchObject({ kind })
  })

  it('is asked for by address, once the number is known', () => {
    const talk = new Conversation('en', completed(hangzhou))
    const asked = (text: string) => pageAsked(kit, talk.standing.case, { kind: 'text', text })
    expect(asked('check footer www.example.cn')).toBeUndefined()
    for (const text of ['submitted', `approved, ${NUMBER}`]) talk.say(text)
    expect(asked('check footer www.example.cn')).toBe('www.example.cn')
    expect(asked('检查页脚 https://www.example.cn/a?b=c')).toBe('https://www.example.cn/a?b=c')
    expect(asked('检查网站：例子.中国')).toBe('例子.中国')
    expect(asked('www.example.cn')).toBeUndefined()
    expect(asked('my site is www.example.cn')).toBeUndefined()
    talk.say('check footer')
    expect(talk.following?.awaiting).toBe('address')
    expect(asked('www.example.cn')).toBe('www.example.cn')
  })

  it.each(LANGUAGES)('is judged in %s, and a right one notes the step', (language) => {
    const talk = new Conversation(language, completed(hangzhou))
    for (const text of ['submitted', `approved, ${NUMBER}`, 'site is open']) talk.say(text)
    const judge = (page: PageRead) => judgePage(talk.turn(), page)
    const wrong = judge({
      ok: true,
      ...readContent(link('https://evil.example/[x](https://y)'), 'https://www.example.cn/'),
    })
    expect(wrong.standing.case.following?.milestones['footer-shown']).toBeUndefined()
    const right = judge({ ok: true, ...readContent(link(LINK), 'https://www.example.cn/') })
    expect(right.standing.case.following?.milestones['footer-shown']?.on).toBe('2026-11-24')
    const problems: PageProblem[] = [
      'address-invalid',
      'address-refused',
      'not-found',
      'not-reached',
      'too-slow',
      'too-large',
      'redirects',
      'not-html',
      'status',
      'certificate',
      'unreadable',
    ]
    const said = problems.map((problem) => JSON.stringify(judge({ ok: false, problem, status: 503 }).replies))
    expect(new Set(said).size).toBe(problems.length)
    for (const one of said) expect(one).not.toMatch(/\{(example|status)\}/)
  })
})

describe('the calendar', () => {
  const { milestones } = reached(
    ['approved', '2026-12-10'],
    ['site-opened', '2026-12-11'],
    ['public-security-approved', '2026-12-28'],
  )
  const waiting = {
    'sms-due': { on: '2026-11-24', at: '2026-11-24T08:30:00.000Z', noted: '2026-11-24T08:30:00.000Z' },
  }
  const long = reached(['administration-review', '2026-12-10']).milestones
  const deadlines = [milestones, waiting, long].flatMap((one) => deadlinesOf(book, one, inProvince('CN-ZJ')))
  const make = (language: (typeof LANGUAGES)[number]) =>
    calendar(deadlines, {
      caseId: 'case',
      language,
      now: new Date('2026-11-24T02:00:00Z'),
      words: {
        name: kit.words.phrases['calendar-name'][language],
        unannounced: kit.words.phrases['holidays-unannounced'][language],
      },
    })

  it.each(LANGUAGES)('is an iCalendar file, in %s', (language) => {
    const file = make(language)
    const lines = file.split('\r\n')
    expect(lines.pop()).toBe('')
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    for (const line of lines) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      expect(line).not.toContain('\uFFFD')
    }
    const whole = file.replaceAll('\r\n ', '').split('\r\n')
    expect(whole[0]).toBe('BEGIN:VCALENDAR')
    expect(whole.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(deadlines.length)
    expect(whole.filter((line) => line === 'BEGIN:VALARM')).toHaveLength(deadlines.length)
    const open: string[] = []
    for (const line of whole) {
      if (line.startsWith('BEGIN:')) open.push(line.slice(6))
      if (line.startsWith('END:')) expect(open.pop()).toBe(line.slice(4))
      if (line !== '') expect(line).toMatch(/^[A-Z-]+(;[A-Z]+=[A-Z-]+)*:/)
    }
    expect(open).toEqual([])
    const uids = whole.filter((line) => line.startsWith('UID:'))
    expect(new Set(uids).size).toBe(uids.length)
    // Commas, semicolons and line ends of a text are escaped.
    for (const line of whole.filter((one) => one.startsWith('DESCRIPTION:')))
      expect(line).not.toMatch(/(?<!\\)[,;]/)
  })

  it('has whole days, and a moment where hours count; its ids do not change', () => {
    const file = make('en')
    expect(file).toContain('DTSTART;VALUE=DATE:20270127\r\nDTEND;VALUE=DATE:20270128')
    expect(file).toContain('DTSTART:20261125T083000Z')
    expect(file).toContain('UID:obligations.public-security-badge.case@')
    expect(file.replaceAll('\r\n ', '')).toContain('holidays of 2027 are not announced')
    expect(make('zh-CN').match(/UID:.*/g)).toEqual(file.match(/UID:.*/g))
  })

  it('is made from a case, as soon as something is waited for', () => {
    const talk = new Conversation('zh-CN', completed(hangzhou))
    const file = () => calendarFile(brain, kit, talk.standing.case, talk.now)
    expect(file()).toBeUndefined()
    talk.say('已提交')
    expect(file()?.body).toContain('SUMMARY:接入商初审')
    expect(file()?.type).toContain('text/calendar')
  })
})
