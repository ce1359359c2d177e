import type { Matchable } from "../../shared/recognition/match.ts";

/** A title as it was published, and what it is: series, edition and role, `about`, or `none`. */
export interface Known extends Pick<Partial<Matchable>, "url" | "symbol"> {
  readonly is: string;
  readonly source: string;
  readonly published: string | null;
  readonly title: string;
  /** The last of the words that tell: what follows them may be cut. */
  readonly ends?: string;
}

/** Public titles of 2014 to 2024, among them those that were taken for another thing before. */
export const titles: readonly Known[] = [
  { is: "us-state-tip-report 2018 release", source: "state.gov", published: "2018-06-28", title: "2018 Trafficking in Persons Report: North Korea", url: "https://www.state.gov/reports/2018-trafficking-in-persons-report/north-korea/" },
  { is: "us-state-tip-report 2017 release", source: "state.gov", published: "2017-06-27", title: "Trafficking in Persons Report 2017" },
  { is: "us-state-tip-report 2024 notice", source: "state.gov", published: "2024-06-23", title: "Secretary of State Blinken to Release the 2024 Trafficking in Persons Report" },
  { is: "us-state-human-rights-report 2014 release", source: "state.gov", published: "2015-06-25", title: "Country Reports on Human Rights Practices for 2014" },
  { is: "us-state-human-rights-report 2014 release", source: "state.gov", published: "2015-06-25", title: "DEMOCRATIC PEOPLE'S REPUBLIC OF KOREA 2014 HUMAN RIGHTS REPORT" },
  { is: "us-state-human-rights-report 2021 notice", source: "state.gov", published: "2022-04-11", title: "Secretary Blinken to Release the 2021 Human Rights Report" },
  { is: "us-state-human-rights-report 2018 coverage", source: "state.gov", published: "2019-03-13", title: "Remarks on the Release of the 2018 Country Reports on Human Rights Practices" },
  { is: "us-state-irf-report 2017 release", source: "state.gov", published: "2018-05-29", title: "2017 Report on International Religious Freedom" },
  { is: "us-state-irf-report 2021 notice", source: "state.gov", published: "2022-06-01", title: "Secretary Blinken to Release 2021 International Religious Freedom Report" },
  { is: "us-state-terrorism-report 2017 release", source: "state.gov", published: "2018-09-19", title: "Country Reports on Terrorism 2017", url: "https://www.state.gov/reports/country-reports-on-terrorism-2017/" },
  { is: "none", source: "state.gov", published: null, title: "Country Reports on Terrorism 2021: Kosovo" },
  { is: "none", source: "state.gov", published: null, title: "Country Reports on Terrorism 2021: China (Hong Kong and Macau)" },
  { is: "us-uscirf-annual-report 2017 release", source: "uscirf.gov", published: "2017-04-26", title: "North Korea Chapter - 2017 Annual Report", url: "http://www.uscirf.gov/reports-briefs/annual-report-chapters-and-summaries/north-korea-chapter-2017-annual-report" },
  { is: "us-dprk-passport-restriction 2019 release", source: "federalregister.gov", published: "2019-08-20", title: "United States Passports Invalid for Travel to, in, or Through the Democratic People's Republic of Korea" },
  { is: "un-hrc-dprk-resolution 2017 release", source: "UN Human Rights Council", published: "2017-03-24", title: "Situation of human rights in the Democratic People’s Republic of Korea", url: "https://right-docs.org/doc/a-hrc-res-34-24", symbol: "A/HRC/RES/34/24" },
  { is: "un-ga-dprk-resolution 2015 release", source: "UN General Assembly / UN Press", published: "2015-12-17", title: "Situation of human rights in the Democratic People’s Republic of Korea", symbol: "A/RES/70/172" },
  { is: "un-ga3-dprk-draft 2017 release", source: "UN Press", published: "2017-11-14", title: "Third Committee Approves Five Drafts on Situations in Syria, Iran, Democratic People’s Republic of Korea, amid Debate over Merits of Country-Specific Texts", url: "https://www.un.org/press/en/2017/gashc4220.doc.htm" },
  { is: "un-ga-dprk-resolution 2016 body", source: "UN Press", published: "2016-12-19", title: "General Assembly Adopts 50 Third Committee Resolutions, as Diverging Views on Sexual Orientation, Gender Identity Animate Voting", url: "https://press.un.org/en/2016/ga11879.doc.htm" },
  { is: "un-sc-dprk-human-rights-meeting 2016 release", source: "UN Press", published: "2016-12-09", title: "Security Council Narrowly Adopts Procedural Vote to Authorize Discussion on Human Rights Situation in Democratic People’s Republic of Korea", url: "https://www.un.org/press/en/2016/sc12615.doc.htm" },
  { is: "kinu-white-paper 2015 release", source: "KINU", published: "2015-07-01", title: "White Paper on Human Rights in North Korea, 2015" },
  { is: "opendoors-wwl 2017 release", source: "Open Doors International and national bases", published: "2017-01-11", title: "World Watch List 2017" },
  { is: "ti-cpi 2017 release", source: "Transparency International", published: "2018-02-21", title: "Corruption Perceptions Index 2017" },
  { is: "amnesty-annual-report 2018 release", source: "Amnesty International", published: "2018-02-22", title: "Amnesty International Report 2017/18: The State of the World's Human Rights" },
  { is: "freedom-house-fiw 2018 release", source: "Freedom House", published: "2018-01-16", title: "Democracy in Crisis: Freedom in the World 2018" },
  { is: "none", source: "uscirf.gov", published: "2002-04-16", title: "Chairman Young to Testify on North Korea; Commission to Release Report" },
  { is: "un-ohchr-dprk-accountability-report 2021 coverage", source: "HRW", published: "2021-02-09", title: "UN Finds Torture, Forced Labor Still Rampant in North Korean Prisons" },
  { is: "about", source: "ohchr.org", published: "2020-09-01", title: "DPRK: UN expert calls for answers on enforced disappearances and abductions" },
  { is: "about", source: "Yonhap", published: "2020-11-26", title: "북한, 코로나 우려로 정치범수용소 등 수감자 7천명 석방" },
  { is: "none", source: "Yonhap", published: "2020-03-02", title: "N. Korea fires two unidentified projectiles, missile launch condemned" },
  { is: "none", source: "Yonhap", published: "2020-10-10", title: "North Korea unveils new nuclear missile at parade" },
  { is: "none", source: "brianmayer.com", published: "2019-03-20", title: "Next Thursday 3/28: Drink for LiNK in New York City" },
];
