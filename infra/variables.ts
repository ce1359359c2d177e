import { capitalised } from "./capitalised.ts";

/** A setting of a deployment: the variable that gives it, and the stack's parameter that remembers it. */
export interface Setting {
  readonly variable: string;
  readonly parameter: string;
}

/** The settings that every deployment takes. */
export const contact: Setting = { variable: "ALMANAC_CONTACT", parameter: "ContactAddress" };
export const operator: Setting = { variable: "ALMANAC_OPERATOR", parameter: "OperatorAddress" };
export const monthlyBudget: Setting = { variable: "ALMANAC_MONTHLY_BUDGET", parameter: "MonthlyBudget" };
export const smsAlarm: Setting = { variable: "ALMANAC_SMS_ALARM", parameter: "SmsAlarm" };

/** The setting for a source's credential, by the name of its variable: RELIEFWEB_APPNAME is remembered as ReliefwebAppname. */
export function credentialSetting(variable: string): Setting {
  const words = variable.toLowerCase().split("_");
  return { variable, parameter: words.map(capitalised).join("") };
}

/** Every setting that a deployment takes, with the credentials that the catalogue names. */
export function settingsWith(credentials: readonly string[]): Setting[] {
  return [contact, operator, monthlyBudget, smsAlarm, ...credentials.map(credentialSetting)];
}
