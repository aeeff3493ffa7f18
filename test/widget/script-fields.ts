import type { Language } from '../../src/language.ts'
import type { Form, FormField, Message } from '../../src/rendering/message.ts'

/** Typed answers, a form, and what it looks like when the bot did not take some of it. */
export type FieldStep = 'day' | 'long' | 'snippet' | 'form' | 'form-errors'

export const SNIPPET = '<a href="https://beian.miit.gov.cn/" target="_blank">浙ICP备2024000000号-1</a>'

export function fieldScript(
  step: FieldStep,
  language: Language,
  version: number,
  typed: Readonly<Record<string, string>> = {},
): Message {
  const say = (chinese: string, english: string) => (language === 'zh-CN' ? chinese : english)
  const asked = (question: string, label: string): NonNullable<Message['input']> => ({
    kind: 'text',
    question,
    version,
    label,
    options: [],
    submit: say('确定', 'Send'),
  })
  const message = (text: string, more: Partial<Message>): Message => ({
    language,
    blocks: [{ kind: 'text', text }],
    ...more,
  })
  switch (step) {
    case 'day': {
      const label = say('证件有效期到哪一天？', 'Until which day is the certificate valid?')
      return message(label, { input: { ...asked('leader.certificate.until', label), date: true } })
    }
    case 'long': {
      const label = say('备注', 'Remark')
      return message(label, {
        input: { ...asked('website.remark', label), typing: 'long', unsure: say('跳过', 'Skip it') },
      })
    }
    case 'snippet':
      return {
        language,
        blocks: [
          { kind: 'text', text: say('放在页脚：', 'Put this in the footer:') },
          {
            kind: 'text',
            text: SNIPPET.replace(/[!-/:-@[-`{-~]/g, '\\$&'),
            copy: { label: say('页脚代码', 'Footer code'), text: SNIPPET },
          },
        ],
      }
    case 'form':
    case 'form-errors': {
      const title = say('网站负责人', 'Person in charge')
      const input = asked('leader.name', say('负责人姓名', 'Name of the person in charge'))
      return message(title, {
        input: { ...input, form: form(title, say, step === 'form' ? undefined : typed) },
      })
    }
  }
}

function form(
  title: string,
  say: (chinese: string, english: string) => string,
  typed: Readonly<Record<string, string>> | undefined,
): Form {
  const fields: readonly FormField[] = [
    { question: 'leader.name', label: say('姓名', 'Name'), hint: say('与证件一致', 'As on the certificate') },
    { question: 'leader.mobile', label: say('手机号码', 'Mobile number'), typing: 'tel' },
    {
      question: 'leader.email',
      label: say('电子邮箱', 'E-mail'),
      typing: 'email',
      skip: say('之后再填', 'Later'),
    },
    { question: 'leader.certificate.until', label: say('有效期至', 'Valid until'), date: true },
    { question: 'website.remark', label: say('备注', 'Remark'), typing: 'long', skip: say('没有', 'None') },
  ]
  return {
    title,
    submit: say('提交', 'Send the form'),
    fields: fields.map((field) => ({
      ...field,
      ...(typed?.[field.question] === undefined ? {} : { value: typed[field.question] }),
      ...(typed && field.question === 'leader.mobile'
        ? { error: say('手机号码应为 11 位。', 'A mobile number has 11 digits.') }
        : {}),
    })),
  }
}
