import type { Message } from '../../src/rendering/message.ts'
import type { Language } from '../../src/language.ts'

/** What the fake bot says: between them its messages hold every block, every input and hostile text. */
export type Step = 'welcome' | 'province' | 'services' | 'result' | 'help' | 'summary' | 'unknown'

export function script(step: Step, language: Language, version: number): Message {
  const zh = language === 'zh-CN'
  const say = (chinese: string, english: string) => (zh ? chinese : english)
  const source = {
    label: say(
      '工业和信息化部：《非经营性互联网信息服务备案管理办法》，2005-02-08',
      'MIIT: Measures for the Filing of Non-commercial Internet Information Services, 2005-02-08',
    ),
    url: 'https://www.miit.gov.cn/',
  }
  const actions: Message['actions'] = [
    { label: say('为什么问这个？', 'Why do you ask?'), payload: { kind: 'command', command: 'why' } },
    { label: say('上一步', 'Back'), payload: { kind: 'command', command: 'back' } },
  ]
  const kind = say('谁将作为网站的主办者？', 'Who will be responsible for the website?')
  const change = say('修改', 'Change')
  const edit = (argument: string) =>
    ({ label: change, payload: { kind: 'command', command: 'edit', argument } }) as const
  switch (step) {
    case 'welcome':
      return {
        language,
        blocks: [
          {
            kind: 'heading',
            text: say('您好，我帮您弄清网站备案', 'Hello, let us settle your website filing'),
          },
          {
            kind: 'text',
            text: say(
              '回答几个问题，您就能知道：\n\n- 需要哪种 **ICP备案**，依据是什么\n- 是否需要前置审批或经营性许可证\n- 您所在省份的要求\n\n本助手不是主管部门；草稿保留 30 天，随时可以删除。',
              'Answer a few questions and you will know:\n\n- which **ICP filing** you need, and why\n- whether a pre-approval or a commercial licence applies\n- what your province asks for\n\nI am not the authority. Your draft is kept for 30 days and can be deleted at any time.',
            ),
          },
          { kind: 'text', text: `**${kind}**` },
        ],
        input: {
          kind: 'choice',
          question: 'entity.kind',
          version,
          label: kind,
          options: [
            {
              value: 'individual',
              label: say('个人', 'A person'),
              hint: say('以本人身份证备案', 'Files with their own identity card'),
            },
            {
              value: 'enterprise',
              label: say('企业', 'A company'),
              hint: say('持有营业执照', 'Has a business licence'),
            },
            { value: 'law-firm', label: say('律师事务所', 'A law firm') },
          ],
          unsure: say('我不确定', 'I am not sure'),
          submit: say('发送', 'Send'),
        },
        actions,
      }
    case 'province': {
      const label = say('营业执照由哪个省级地区颁发？', 'Which province issued the business licence?')
      return {
        language,
        blocks: [{ kind: 'text', text: `**${label}**` }],
        input: {
          kind: 'select',
          question: 'entity.province',
          version,
          label,
          options: PROVINCES.map(([value, chinese, english]) => ({ value, label: say(chinese, english) })),
          unsure: say('我不确定', 'I am not sure'),
          submit: say('确定', 'Confirm'),
        },
        actions,
      }
    }
    case 'services': {
      const label = say('网站提供以下哪些内容？', 'Which of these will the website offer?')
      return {
        language,
        blocks: [{ kind: 'text', text: `**${label}**` }],
        input: {
          kind: 'choices',
          question: 'website.services',
          version,
          label,
          options: [
            { value: 'news', label: say('新闻', 'News'), hint: say('转载也算', 'Reposting counts too') },
            { value: 'publishing', label: say('出版', 'Publishing') },
            { value: 'medicine', label: say('药品', 'Medicines') },
            { value: 'games', label: say('网络游戏', 'Online games') },
            { value: 'none', label: say('以上都没有', 'None of these') },
          ],
          alone: 'none',
          submit: say('确定', 'Confirm'),
        },
        actions,
      }
    }
    case 'result':
      return {
        language,
        blocks: [
          { kind: 'heading', text: say('结论：首次备案', 'Result: first-time filing') },
          {
            kind: 'text',
            tone: 'success',
            text: say(
              '您需要通过阿里云办理 **首次备案**。',
              'You need a **first-time filing** through Alibaba Cloud.',
            ),
          },
          {
            kind: 'statements',
            title: say('理由', 'Why'),
            items: [
              {
                id: 'a',
                text: say(
                  '在内地服务器上开设网站，须先完成备案。',
                  'A website on a mainland server has to be filed before it opens.',
                ),
                sources: [source],
              },
              {
                id: 'b',
                text: say(
                  '主体没有备案记录，因此属于首次备案。',
                  'The entity holds no filing, so this is a first-time filing.',
                ),
                note: say('如已在别处备案，请告诉我。', 'If it holds one elsewhere, tell me.'),
                confidence: say('来源之间不一致', 'Sources disagree'),
                sources: [source, { label: 'javascript', url: 'javascript:alert(1)' }],
              },
            ],
          },
          {
            kind: 'text',
            tone: 'warning',
            text: say('新闻内容需要前置审批。', 'News content needs a pre-approval.'),
          },
          {
            kind: 'statements',
            title: say('上线之后', 'After approval'),
            folded: true,
            items: [
              {
                id: 'c',
                text: say(
                  '30 日内办理公安备案。',
                  'File with public security within 30 days. See [the portal](https://beian.mps.gov.cn/).',
                ),
                sources: [source],
              },
              { id: 'd', text: say('在页脚放置备案号。', 'Put the number in the footer.'), sources: [] },
            ],
          },
          {
            kind: 'summary',
            title: say('您的回答', 'Your answers'),
            rows: [
              {
                label: say('主办者', 'Responsible'),
                value: say('企业', 'A company'),
                change: edit('entity.kind'),
              },
              {
                label: say('省份', 'Province'),
                value: say('浙江', 'Zhejiang'),
                change: edit('entity.province'),
              },
            ],
          },
        ],
        actions,
      }
    case 'summary':
      return {
        language,
        blocks: [
          {
            kind: 'summary',
            title: say('您的回答', 'Your answers'),
            rows: [{ label: say('主办者', 'Responsible'), value: '<b>x</b>', change: edit('entity.kind') }],
          },
        ],
      }
    case 'help':
      return {
        language,
        blocks: [
          { kind: 'text', tone: 'notice', text: say('随时可以提问。', 'You can ask at any time.') },
          {
            kind: 'text',
            text: '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script> [x](javascript:window.hacked=1)',
          },
        ],
      }
    case 'unknown':
      return {
        language,
        blocks: [
          {
            kind: 'text',
            tone: 'error',
            text: say('没有理解，请换一种说法。', 'I did not understand. Please put it another way.'),
          },
        ],
      }
  }
}

const PROVINCES = [
  ['CN-BJ', '北京', 'Beijing'],
  ['CN-TJ', '天津', 'Tianjin'],
  ['CN-HE', '河北', 'Hebei'],
  ['CN-SX', '山西', 'Shanxi'],
  ['CN-SH', '上海', 'Shanghai'],
  ['CN-JS', '江苏', 'Jiangsu'],
  ['CN-ZJ', '浙江', 'Zhejiang'],
  ['CN-FJ', '福建', 'Fujian'],
  ['CN-GD', '广东', 'Guangdong'],
  ['CN-SC', '四川', 'Sichuan'],
] as const
