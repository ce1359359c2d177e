import { metricUnits } from "../../shared/lambda/metric-names.ts";
import { type Line, of } from "./line.ts";
import type { Month } from "./month.ts";
import { priceList as prices, smsPrices } from "./prices.ts";
import { alertsIn, digestsIn, editionAlerts, given, mailsEach, type Settings, toldEachProgram } from "./settings.ts";

/** What SNS bills for what people are told by email and HTTPS, and KMS for the topic's key. */
export function alertLines(month: Month, settings: Settings): Line[] {
  const { subscribers, https } = settings.wants;
  const alerts = alertsIn(month, settings);
  return [
    { id: "sns-publishes", part: "data path", what: "SNS: publishes, and a digest a week to each subscriber", terms: [[alerts], digestsIn(month, settings)], price: prices.snsPublish, allowance: "snsPublishes" },
    { id: "sns-email", part: "data path", what: "SNS: emails to subscribers", terms: [[of(subscribers, "subscribers"), mailsEach(month, settings)]], price: prices.snsEmail, allowance: "snsEmails" },
    { id: "sns-https", part: "data path", what: "SNS: HTTPS deliveries", terms: [[of(https, "HTTPS addresses"), toldEachProgram(month, settings)]], price: prices.snsHttps, allowance: "snsHttps" },
    { id: "kms", part: "data path", what: "KMS: requests for the topic's key, which AWS manages", terms: [[alerts, of(2, "requests (encrypt, decrypt)")]], price: prices.kmsRequest, allowance: "kmsRequests" },
  ];
}

/** What watching over the machinery costs, and telling its operator. */
export function watchingLines(settings: Settings): Line[] {
  const part = "observability";
  return [
    { id: "metrics", part, what: "CloudWatch: metrics of our own (EMF)", terms: [[of(Object.keys(metricUnits).length, "metric series")]], price: prices.metric, allowance: "metrics" },
    { id: "alarms", part, what: "CloudWatch: alarms", terms: [[given(settings, "alarmMetrics")]], price: prices.alarmMetric, allowance: "alarmMetrics" },
    { id: "dashboard", part, what: "CloudWatch: dashboard", terms: [[of(1, "dashboard")]], price: prices.dashboard, allowance: "dashboards" },
    { id: "operator", part, what: "SNS: emails to the operator", terms: [[given(settings, "operatorMails")]], price: prices.snsEmail, allowance: "snsEmails" },
    { id: "budget", part, what: "Budgets: a monthly budget", terms: [[of(1, "budget")]], price: prices.budget },
  ];
}

/** What is only billed to those who ask for it. Throws where nothing is known of the country. */
export function optionLines(month: Month, settings: Settings): Line[] {
  const { sms, smsCountry, keys } = settings.wants;
  const country = smsPrices[smsCountry];
  if (!country) throw new Error(`infra/prices.json has no SMS price for "${smsCountry}". It has: ${Object.keys(smsPrices).join(", ")}. Add it there, with its page.`);
  const numbers: Line[] = country.number ? [{ id: "sms-number", part: "options", what: `SMS: a number to send from in ${country.name}`, terms: [[of(sms > 0 ? 1 : 0, "number")]], price: country.number }] : [];
  return [
    { id: "sms", part: "options", what: `SMS to ${country.name}, on editions alone`, terms: [[of(sms, "numbers"), of(editionAlerts(month, settings).value / month.times, "alerts on editions"), of(1, "part")]], price: country.part },
    ...numbers,
    { id: "keys", part: "options", what: "KMS: keys of our own", terms: [[of(keys, "keys")]], price: prices.kmsKey },
  ];
}
