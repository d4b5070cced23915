// What the till and the managers' page both say of members, in Chinese and in English.

export const memberTexts = {
  joinMember: ["办会员", "New member"],
  joinIntro: ["只要一个手机号。号码只用来找会员，不打印。", "One phone number. It serves to find the member and is never printed."],
  phone: ["手机号", "Mobile phone"],
  badPhone: ["手机号要 11 位数字。", "A mobile number has 11 digits."],
};
