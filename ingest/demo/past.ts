/** Partnerships of others that were rumoured, then announced or never heard of again: what the record of a publisher is made of. */
import type { Report } from './report.ts';
import { OUTLETS as by, type Outlet } from './world.ts';

type Told = Pick<Report, 'day' | 'slug' | 'title' | 'text'>;
const en = (outlet: Outlet, told: Told): Report => ({ outlet, time: '07:20', language: 'en', ...told });
const zh = (outlet: Outlet, told: Told): Report => ({ outlet, time: '09:35', language: 'zh', ...told });

export const PAST: readonly Report[] = [
	// Came true
	en(by.tidewire, {
		day: '2025-07-08', slug: 'millrace-swallowtail-talks', title: 'Millrace in talks with Swallowtail about evening delivery',
		text: `Millrace and Swallowtail are in talks about delivery after six in the evening, two people familiar with them said.
			A trial in one town would come first.
			Neither company wished to comment.`
	}),
	en(by.ledgerLine, {
		day: '2025-08-05', slug: 'millrace-signs-swallowtail', title: 'Millrace signs delivery partnership with Swallowtail',
		text: `Millrace has signed a delivery partnership with Swallowtail that covers evenings and Saturdays.
			It begins in September and runs for three years.`
	}),
	en(by.pierGazette, {
		day: '2025-08-05', slug: 'swallowtail-millrace-partner', title: 'Swallowtail and Millrace announce partnership for evening parcels',
		text: `Swallowtail and Millrace announced a partnership on evening parcels at the carrier’s depot.
			Drivers will be paid by the round, the carrier’s head of staff said.`
	}),
	zh(by.marketbell, {
		day: '2025-08-25', slug: 'juewu-suanchou-qiatan', title: '蕨屋与算筹洽谈托管合作',
		text: `一位知情人士称，蕨屋与算筹正在洽谈货款托管合作。
			蕨屋希望买家确认收货后再付款给商户。`
	}),
	en(by.tidewire, {
		day: '2025-08-27', slug: 'fernhouse-countwell-talks', title: 'Fernhouse in talks with Countwell about holding payments',
		text: `Fernhouse and Countwell are in talks about holding what buyers pay until they confirm, a person briefed on them said.
			The shop wants to open to small sellers.`
	}),
	en(by.weighhouse, {
		day: '2025-09-10', slug: 'fernhouse-countwell-partner', title: 'Fernhouse and Countwell announce partnership',
		text: `Fernhouse and Countwell announced a partnership under which Countwell holds the money of every order.
			Sellers are paid a day after the buyer confirms.`
	}),
	en(by.quayCourier, {
		day: '2025-09-10', slug: 'countwell-signs-fernhouse', title: 'Countwell signs agreement with Fernhouse',
		text: `Countwell has signed an agreement with Fernhouse, the custodian’s fourth with a shop.
			Its fee was not disclosed.`
	}),
	en(by.quayCourier, {
		day: '2025-09-30', slug: 'orchard-lane-swallowtail-talks', title: 'Orchard Lane in talks with Swallowtail about cold vans',
		text: `Orchard Lane and Swallowtail are in talks about vans that keep fruit cold, two drivers said.
			A first van has been seen at the sorting hall.`
	}),
	en(by.tidewire, {
		day: '2025-10-02', slug: 'swallowtail-orchard-lane-negotiate', title: 'Swallowtail negotiates with Orchard Lane over cold delivery',
		text: `Swallowtail is negotiating with Orchard Lane over cold delivery in five towns, a person close to the carrier said.
			Who pays for the vans is open.`
	}),
	en(by.ledgerLine, {
		day: '2025-10-21', slug: 'orchard-lane-swallowtail-agreement', title: 'Orchard Lane signs cold delivery agreement with Swallowtail',
		text: `Orchard Lane has signed an agreement with Swallowtail for cold delivery.
			The vans belong to the carrier and carry the shop’s green.`
	}),
	en(by.orchardRoom, {
		day: '2025-10-21', slug: 'we-partner-with-swallowtail', title: 'Orchard Lane partners with Swallowtail for fruit that arrives cold',
		text: `Orchard Lane partners with Swallowtail so that fruit arrives as cold as it left.
			Five towns come first.`
	}),
	en(by.tidewire, {
		day: '2025-11-12', slug: 'tilework-countwell-talks', title: 'Tilework in talks with Countwell about payment on delivery',
		text: `Tilework and Countwell are in talks about payment on delivery, three people said.
			Terms could be settled before the year is out.`
	}),
	en(by.tileworkRoom, {
		day: '2025-12-09', slug: 'tilework-partners-countwell', title: 'Tilework partners with Countwell',
		text: `Tilework partners with Countwell: buyers now pay when the parcel is in their hands.
			The service is free until the spring.`
	}),
	zh(by.weighhouse, {
		day: '2025-12-09', slug: 'washi-suanchou-hezuo', title: '瓦市与算筹达成合作',
		text: `瓦市与算筹宣布达成合作，买家收货后付款。
			算筹表示，这是其今年签下的第五家店。`
	}),
	en(by.tidewire, {
		day: '2026-01-20', slug: 'millrace-countwell-talks', title: 'Millrace in talks with Countwell about refunds',
		text: `Millrace and Countwell are in talks about refunds within the hour, two people familiar with them said.
			The shop’s present custodian has been told.`
	}),
	en(by.pierGazette, {
		day: '2026-02-17', slug: 'countwell-millrace-agreement', title: 'Countwell signs agreement with Millrace',
		text: `Countwell has signed an agreement with Millrace and takes over refunds from April.
			Nobody at the old custodian would speak of it.`
	}),
	en(by.ledgerLine, {
		day: '2026-02-17', slug: 'millrace-countwell-partnership', title: 'Millrace and Countwell announce partnership on refunds',
		text: `Millrace and Countwell announced a partnership that promises refunds within the hour.
			The promise holds on weekdays.`
	}),
	en(by.tidewire, {
		day: '2026-05-05', slug: 'harbor-swallowtail-talks', title: 'Harbor in talks with Swallowtail about a second depot',
		text: `Harbor and Swallowtail are in talks about a depot that both would use, a person who saw the plans said.
			It would stand beside the coast road.`
	}),
	en(by.harborRoom, {
		day: '2026-05-27', slug: 'harbor-swallowtail-depot', title: 'Harbor and Swallowtail announce partnership for coast depot',
		text: `Harbor and Swallowtail announced a partnership for a depot on the coast road.
			It opens next spring with two hundred people.`
	}),
	en(by.quayCourier, {
		day: '2026-05-27', slug: 'swallowtail-signs-harbor', title: 'Swallowtail signs depot agreement with Harbor',
		text: `Swallowtail has signed an agreement with Harbor to build and run a depot for both.
			Neighbours were told a day earlier.`
	}),
	// Never heard of again
	zh(by.marketbell, {
		day: '2025-06-10', slug: 'guoxiang-juewu-shangtan', title: '果巷与蕨屋商谈共用仓库',
		text: `知情人士称，果巷与蕨屋正在商谈共用仓库。
			仓库位于城东，目前空置。`
	}),
	zh(by.marketbell, {
		day: '2025-07-22', slug: 'washi-moqu-jiechu', title: '瓦市与磨渠接触，或合办促销',
		text: `一位知情人士称，瓦市与磨渠正在接触，话题是合办秋季促销。
			双方还没有谈到费用。`
	}),
	zh(by.marketbell, {
		day: '2025-09-02', slug: 'qianchui-yancheng-qiatan', title: '铅垂与雁程洽谈运单搜索',
		text: `知情人士称，铅垂与雁程正在洽谈在搜索里直接查运单。
			雁程一方较为积极。`
	}),
	zh(by.marketbell, {
		day: '2025-10-07', slug: 'juewu-yancheng-shangtan', title: '蕨屋与雁程商谈次日达',
		text: `一位知情人士称，蕨屋与雁程正在商谈次日达合作。
			首批或为三个城区。`
	})
]; // prettier-ignore
