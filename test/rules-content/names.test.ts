import { describe, expect, it } from 'vitest'
import { buildNameRules } from '../../src/rules/names/name-rules.ts'
import { book, lint, names, short } from './book.ts'

const person = (province: string) => ({ 'entity.kind': 'individual', 'entity.province': province })
const company = (province: string) => ({ 'entity.kind': 'enterprise', 'entity.province': province })
const ids = (name: string, answers: Record<string, string>, asOf?: string) => short(lint(name, answers, asOf))

/** Names that nothing speaks against: individuals' first, then organisations'. */
const GOOD_PERSONAL = [
  '读书随记本',
  '我的烹饪日记',
  '代码学习记录',
  '山里的猫',
  '小厨房的味道',
  '周末骑行笔记',
  '老照片故事',
  '阳台种菜记',
  '编程小抄',
  '摄影练习册',
]
const GOOD_COMPANY = [
  '杭州云栖软件',
  '青藤科技',
  '晨光文具',
  '海蓝包装材料',
  '绿野农业',
  '启明律师事务所',
  '和谐物业管理',
  '东方纸业（集团）',
  '星河 Cloud 软件',
  '长城精密仪器',
]

/** name, who, where, a rule that must object, and the part that it objects to. */
const BAD: readonly (readonly [string, 'person' | 'company', string, string, string])[] = [
  ['中国美食', 'person', 'CN-ZJ', 'national-words', '中国'],
  ['中國美食', 'company', 'CN-ZJ', 'national-words', '中国'],
  ['中 国 美 食', 'company', 'CN-GD', 'national-words', '中国'],
  ['中\u200b国美食', 'company', 'CN-GD', 'national-words', '中国'],
  ['中-国-美食', 'person', 'CN-GD', 'national-words', '中国'],
  ['国家宝藏馆', 'company', 'CN-BJ', 'national-words', '国家'],
  ['爱中华茶', 'company', 'CN-FJ', 'national-words', '中华'],
  ['中央广场', 'company', 'CN-HA', 'national-words', '中央'],
  ['人民小馆', 'company', 'CN-HA', 'national-opening', '人民'],
  ['反腐在行动', 'company', 'CN-HA', 'sensitive-words', '反腐'],
  ['廉政之窗', 'company', 'CN-HA', 'sensitive-words', '廉政'],
  ['賭博技巧谈', 'company', 'CN-HA', 'sensitive-words', '赌博'],
  ['123456', 'person', 'CN-ZJ', 'only-digits-or-letters', '123456'],
  ['１２３４５６', 'person', 'CN-ZJ', 'only-digits-or-letters', '123456'],
  ['ABCshop', 'company', 'CN-ZJ', 'only-digits-or-letters', 'abcshop'],
  ['ＡＢＣ', 'company', 'CN-ZJ', 'only-digits-or-letters', 'abc'],
  ['abc123', 'person', 'CN-SH', 'only-digits-or-letters', 'abc123'],
  ['小站', 'person', 'CN-ZJ', 'too-short', '小站'],
  ['青藤', 'company', 'CN-ZJ', 'too-short', '青藤'],
  ['', 'company', 'CN-ZJ', 'too-short', ''],
  ['青藤★科技', 'company', 'CN-ZJ', 'special-characters', '★'],
  ['青藤@科技网', 'company', 'CN-ZJ', 'special-characters', '@'],
  ['青藤！科技', 'company', 'CN-ZJ', 'special-characters', '!'],
  ['www.example.cn', 'company', 'CN-ZJ', 'domain-as-name', 'www.example.cn'],
  ['青藤.com', 'company', 'CN-ZJ', 'domain-as-name', '青藤.com'],
  ['example.com.cn', 'person', 'CN-ZJ', 'domain-as-name', 'example.com.cn'],
  ['小明工作室', 'person', 'CN-AH', 'individual-generic', '工作室'],
  ['每日资讯站', 'person', 'CN-AH', 'individual-generic', '资讯'],
  ['每日資訊站', 'person', 'CN-AH', 'individual-generic', '资讯'],
  ['好用的网站', 'person', 'CN-AH', 'individual-generic', '网站'],
  ['上网导航页', 'person', 'CN-AH', 'individual-generic', '导航'],
  ['小明的博客', 'person', 'CN-AH', 'individual-forum-blog', '博客'],
  ['钓鱼論壇', 'person', 'CN-AH', 'individual-forum-blog', '论坛'],
  ['摄影交流角', 'person', 'CN-AH', 'individual-forum-blog', '交流'],
  ['小明有限公司', 'person', 'CN-AH', 'individual-company', '公司'],
  ['好货商店街', 'person', 'CN-AH', 'individual-company', '商店'],
  ['小明官网站', 'person', 'CN-AH', 'individual-trade', '官网'],
  ['鞋子批发记', 'person', 'CN-AH', 'individual-trade', '批发'],
  ['海边装修记', 'person', 'CN-AH', 'individual-trade', '装修'],
  ['浙江小吃记', 'person', 'CN-ZJ', 'individual-place', '浙江'],
  ['北京胡同记', 'person', 'CN-BJ', 'individual-place', '北京'],
  ['个人网站', 'person', 'CN-HA', 'individual-personal-words-henan', '个人网站'],
  ['我的日记', 'person', 'CN-AH', 'individual-diary', '我的日记'],
  ['一个喜欢看书写字养花的人', 'person', 'CN-AH', 'individual-too-long', '一个喜欢看书写字养花的人'],
  ['小猫cat日常', 'person', 'CN-SC', 'english-individual', 'cat'],
  ['青藤科技soft', 'company', 'CN-CQ', 'english-chongqing', 'soft'],
  ['青藤科技soft', 'company', 'CN-SD', 'english-shandong-organisation', 'soft'],
  ['青藤分享汇', 'company', 'CN-TJ', 'tianjin-generic', '分享'],
  ['青藤社区店', 'company', 'CN-TJ', 'tianjin-approval', '社区'],
  ['青藤工作室', 'company', 'CN-SD', 'shandong-generic', '工作室'],
  ['云南花卉', 'company', 'CN-YN', 'places-hainan-yunnan', '云南'],
  ['青藤学院', 'company', 'CN-GD', 'guangdong-college', '学院'],
  ['青藤理财顾问', 'company', 'CN-ZJ', 'finance-words', '理财'],
  ['青藤教育咨询', 'company', 'CN-JS', 'training-words', '教育'],
  ['青藤新闻站', 'company', 'CN-ZJ', 'news-words', '新闻'],
  ['好评论集', 'person', 'CN-BJ', 'individual-words-CN-BJ', '评论'],
  ['小镇商务角', 'person', 'CN-GD', 'individual-words-CN-GD', '商务'],
  ['田园养殖记', 'person', 'CN-ZJ', 'individual-words-CN-ZJ', '养殖'],
  ['我的设计本', 'person', 'CN-HA', 'individual-words-CN-HA', '设计'],
  ['周末沙龙记', 'person', 'CN-LN', 'individual-words-CN-LN', '沙龙'],
  ['星星学院记', 'person', 'CN-HB', 'individual-words-CN-HB', '学院'],
  ['一张网的事', 'person', 'CN-NX', 'individual-words-CN-NX', '网'],
  ['城市中心记', 'person', 'CN-HE', 'individual-words-CN-HE', '中心'],
  ['信息小册子', 'person', 'CN-GZ', 'individual-words-CN-GZ', '信息'],
  ['二手报价本', 'person', 'CN-HN', 'individual-words-CN-HN', '报价'],
  ['购物小清单', 'person', 'CN-NM', 'individual-words-CN-NM', '购物'],
]

describe('website names', () => {
  it.each(GOOD_PERSONAL)('%s passes for an individual in Anhui', (name) => {
    expect(ids(name, person('CN-AH'))).toEqual([])
  })

  it.each(GOOD_COMPANY)('%s passes for a company in Zhejiang', (name) => {
    expect(ids(name, company('CN-ZJ'))).toEqual([])
  })

  it.each(BAD)('%s is objected to for a %s in %s by %s', (name, who, province, rule, match) => {
    const hits = lint(name, who === 'person' ? person(province) : company(province))
    expect(hits).toContainEqual(expect.objectContaining({ ruleId: `names.${rule}`, match, certain: true }))
    for (const hit of hits) {
      expect(hit.sources.length).toBeGreaterThan(0)
      expect(hit.text['zh-CN']).not.toBe(hit.text.en)
    }
  })

  it('uses each rule in this corpus, but for those tested on their own', () => {
    const used = new Set(BAD.map(([, , , rule]) => `names.${rule}`))
    const others = [
      'national-words-public-body',
      'invisible-characters',
      'individual-jiangsu-form',
      'unlike-entity',
      'shandong-approval',
    ]
    expect(
      names.rules
        .map((rule) => rule.id)
        .filter((id) => !used.has(id))
        .sort(),
    ).toEqual(others.map((id) => `names.${id}`).sort())
  })

  it('asks a public body for the approval of the state where others are refused', () => {
    expect(ids('中国气象站点', { 'entity.kind': 'government', 'entity.province': 'CN-BJ' })).toEqual([
      'national-words-public-body',
    ])
  })

  it('points out invisible characters', () => {
    expect(ids('青藤\u200d科技', company('CN-ZJ'))).toEqual(['invisible-characters'])
  })

  it('knows the Jiangsu form only for the time in which it held', () => {
    expect(ids('读书随记本', person('CN-JS'), '2019-06-01')).toEqual(['individual-jiangsu-form'])
    expect(ids('读书随记本', person('CN-JS'))).toEqual([])
  })

  it('asks for a paper where 社区 stands in a name in Shandong', () => {
    expect(ids('青藤社区店', company('CN-SD'))).toEqual(['shandong-generic', 'shandong-approval'])
  })

  it('compares with the entity and the domain when it is told them', () => {
    const about = { entityName: '浙江青藤科技有限公司', domain: 'qingteng.cn' }
    expect(short(lint('青藤软件', company('CN-ZJ'), undefined, about))).toEqual([])
    expect(short(lint('浙江好物馆', company('CN-ZJ'), undefined, about))).toEqual(['unlike-entity'])
    expect(short(lint('qingteng', company('CN-ZJ'), undefined, about))).toContain('domain-as-name')
  })

  it('leaves a hit open while the province or the kind of entity is', () => {
    expect(ids('我的设计本', { 'entity.kind': 'individual' })).toEqual(['individual-words-CN-HA?'])
    expect(ids('小明工作室', {})).toContain('individual-generic?')
  })

  it('puts the worst first', () => {
    const severities = lint('我的博客网站\u200b', person('CN-HA')).map((hit) => hit.severity)
    expect(severities).toEqual(['reject', 'ask-for-paper', 'advise'])
  })

  it('stays quick and calm with very long and strange names', () => {
    for (const name of ['中'.repeat(100_000), '\u0000', '🙂🙂🙂', '\ud800', 'a.'.repeat(50_000)])
      expect(Array.isArray(lint(name, person('CN-HA')))).toBe(true)
  })
})

describe('rules/names.yaml', () => {
  const rule = {
    id: 'names.x',
    check: 'contains',
    severity: 'reject',
    words: ['甲'],
    because: { 'zh-CN': '甲', en: 'a' },
    facts: ['name.length'],
    sources: ['ali19_form'],
  }
  const build = (change: object) => () =>
    buildNameRules(book, [
      { path: 'names.yaml', content: { variants: '國国', rules: [{ ...rule, ...change }] } },
    ])

  it.each([
    ['a fact that does not exist', { facts: ['no.such'] }, /no\.such/],
    ['a source that does not exist', { sources: ['nobody'] }, /nobody/],
    ['a key that does not exist', { when: { 'no.key': 'x' } }, /no\.key/],
    ['words from a fact that has none', { wordsFrom: 'name.length' }, /has none/],
    ['a text in one language', { because: { 'zh-CN': '甲' } }, /names\.x/],
  ])('refuses %s', (_, change, message) => {
    expect(build(change)).toThrow(message)
  })

  it('takes the same rule when all is well', () => {
    expect(build({})().rules).toHaveLength(1)
  })
})
