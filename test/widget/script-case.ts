import type { Language } from '../../src/language.ts'
import type { CaseView } from '../../src/rendering/case-view.ts'

/** A case as the bot would tell it, with everything that a view may hold. */
export function caseScript(language: Language, version: number, answered: boolean): CaseView {
  const say = (chinese: string, english: string) => (language === 'zh-CN' ? chinese : english)
  const change = (argument: string) =>
    ({ label: say('修改', 'Change'), payload: { kind: 'command', command: 'edit', argument } }) as const
  const base: CaseView = {
    language,
    version,
    progress: { done: 0, total: 3, text: say('共 3 部分，已完成 0 部分', '0 of 3 parts done') },
    sections: [
      {
        id: 'filing',
        title: say('备案', 'Filing'),
        state: 'open',
        stateText: say('进行中', 'In progress'),
        rows: [],
      },
      {
        id: 'site',
        title: say('网站', 'Site'),
        state: 'ahead',
        stateText: say('未开始', 'Not started'),
        rows: [],
      },
      {
        id: 'after',
        title: say('之后', 'After'),
        state: 'ahead',
        stateText: say('未开始', 'Not started'),
        rows: [],
      },
    ],
    results: [],
    sources: [],
  }
  if (!answered) return base
  return {
    ...base,
    code: 'K7QF-29XM',
    progress: { done: 1, total: 3, text: say('共 3 部分，已完成 1 部分', '1 of 3 parts done') },
    sections: [
      {
        id: 'filing',
        title: say('备案', 'Filing'),
        state: 'done',
        stateText: say('已完成', 'Done'),
        rows: [
          {
            label: say('主办者', 'Responsible'),
            value: say('企业', 'A company'),
            change: change('entity.kind'),
          },
          { label: say('省份', 'Province'), value: '<b>x</b>', change: change('entity.province') },
        ],
      },
      { ...base.sections[1]!, state: 'open', stateText: say('进行中', 'In progress') },
      base.sections[2]!,
    ],
    results: [
      {
        id: 'filing.filing-type',
        title: say('结论：首次备案', 'Outcome: first-time filing'),
        blocks: [
          { kind: 'text', tone: 'success', text: say('通过阿里云办理。', 'File through Alibaba Cloud.') },
          {
            kind: 'statements',
            title: say('理由', 'Why'),
            items: [
              { id: 'a', text: say('开通前须备案。', 'File before it opens.'), sources: [0, 1] },
              {
                id: 'b',
                text: say('没有备案记录。', 'There is no record yet.'),
                note: 'n',
                confidence: 'c',
                sources: [0],
              },
            ],
          },
        ],
      },
      { id: 'site.sms', title: say('不需要短信核验。', 'No text message is needed.'), blocks: [] },
    ],
    documents: {
      id: 'documents',
      title: say('资料清单', 'Documents to get ready'),
      blocks: [
        {
          kind: 'statements',
          items: [{ id: 'd', text: say('**营业执照**：原件', '**Licence**: the original'), sources: [1] }],
        },
      ],
    },
    timeline: {
      title: say('备案通过之后', 'After approval'),
      alwaysTitle: say('长期', 'At all times'),
      always: [
        {
          id: 'k',
          text: say('**保持准确**：变更须更新。', '**Keep it accurate**: report changes.'),
          sources: [],
        },
      ],
      tracks: [
        {
          id: 'site-opened',
          title: say('网站开通', 'Site opens'),
          marks: [
            {
              days: 0,
              when: say('网站开通时。', 'As the site opens.'),
              short: say('当天', 'That day'),
              items: [
                { id: 'f', text: say('**页脚备案号**：标明。', '**Footer number**: show it.'), sources: [0] },
              ],
            },
            {
              days: 30,
              when: say('30 日内。', 'Within 30 days.'),
              short: say('30 日', 'Day 30'),
              date: say('12 月 1 日', '1 December'),
              items: [
                { id: 'p', text: say('**公安备案**：提交。', '**Public security**: file it.'), sources: [1] },
              ],
            },
          ],
        },
      ],
    },
    downloads: [
      { label: say('备案材料', 'Dossier'), url: 'https://assistant.example.cn/dossier' },
      { label: 'javascript', url: 'javascript:alert(1)' },
    ],
    sources: [
      { label: say('工业和信息化部，2005-02-08', 'MIIT, 2005-02-08'), url: 'https://www.miit.gov.cn/' },
      { label: say('阿里云文档', 'Alibaba Cloud docs') },
    ],
  }
}
