/** Check characters of the national standards. Each takes the characters before the check character. */

const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/** GB 32100-2015: weights are powers of three modulo 31. Undefined where a character is none of the code's. */
export function creditCodeCheck(seventeen: string): string | undefined {
  let sum = 0
  let weight = 1
  for (const character of seventeen) {
    const value = CREDIT_ALPHABET.indexOf(character)
    if (value < 0) return undefined
    sum += value * weight
    weight = (weight * 3) % 31
  }
  return CREDIT_ALPHABET[(31 - (sum % 31)) % 31]
}

/** GB 11714-1997, modulo 11: eight digits or capital letters. */
export function organisationCodeCheck(eight: string): string | undefined {
  let sum = 0
  for (const [index, character] of [...eight].entries()) {
    if (!/[0-9A-Z]/.test(character)) return undefined
    sum += Number.parseInt(character, 36) * (ORGANISATION_WEIGHTS[index] ?? 0)
  }
  const check = 11 - (sum % 11)
  return check === 10 ? 'X' : String(check % 11)
}

/** GB 11643-1999 (ISO 7064 MOD 11-2): seventeen digits. */
export function identityNumberCheck(seventeen: string): string | undefined {
  if (!/^\d{17}$/.test(seventeen)) return undefined
  let sum = 0
  for (const [index, digit] of [...seventeen].entries()) sum += Number(digit) * (2 ** (17 - index) % 11)
  return '10X98765432'[sum % 11]
}
