import { creditCodeCheck, identityNumberCheck } from '../../src/rules/values/check-digits.ts'

const checked = (text: string, check: (text: string) => string | undefined): string =>
  text + (check(text) ?? '')

/** Marked values for every personal key, valid each of its kind: nothing else in the world holds them. */
export const CANARIES: Readonly<Record<string, string>> = {
  'entity.name': '杭州金丝雀甲网络有限公司',
  'entity.certificate': checked('91330106MA2CNRY8X', creditCodeCheck),
  'entity.address': '杭州市西湖区金丝雀路九十九号',
  'entity.certificate-address': '杭州市西湖区文鸟街八十八号',
  'leader.name': '金丝雀',
  'leader.identity-number': checked('33010619870307451', identityNumberCheck),
  'leader.mobile': '13957134571',
  'leader.phone-2': '13685714902',
  'leader.emergency-phone': '18657198231',
  'leader.email': 'jinsique.li@canary-mail.cn',
  'administrator.name': '白头鹎',
  'administrator.identity-number': checked('33010619910812362', identityNumberCheck),
  'administrator.mobile': '15857146128',
  'administrator.phone-2': '13735714839',
  'administrator.emergency-phone': '18857150947',
  'administrator.email': 'baitoubei@canary-mail.cn',
  passport: 'E97531864',
  landline: '0571-87650912',
}

/** What is typed where something of the real world is asked for: it marks nobody. */
const PLAIN: Readonly<Record<string, string>> = {
  'entity.division': '杭州市西湖区',
  'domain.expiry': '2029-03-15',
  'site.domains': 'example.com',
  'site.name': '杭州金丝雀甲',
}

/** The canary for a key, also one that is not listed: by what its last part says. */
export function canaryFor(key: string): string {
  const last = key.split('.').at(-1) ?? ''
  const similar = Object.entries(CANARIES).find(([name]) => name.endsWith(`.${last}`))?.[1]
  return CANARIES[key] ?? PLAIN[key] ?? similar ?? '金丝雀乙'
}
