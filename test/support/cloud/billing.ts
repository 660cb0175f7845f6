import { done, refuse } from './answer.ts';
import { integer, list, must, pattern, text } from './parameters.ts';
import { accountOf, type Service } from './service.ts';
import type { CloudDeal } from './types.ts';

const ZONE = 8 * 3_600_000;
/** With larger pages the vendor leaves out what was bought. */
const WITH_RESOURCES = 200;
const SHIPPED = 4;
/** Seconds in Beijing, `2026-11-22 14:03:00`. */
const when = pattern(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);

/** Orders of an account; CAM knows the service as `finance`. */
export const billing: Service = {
  name: 'billing',
  checkedAs: 'finance',
  version: '2018-07-09',
  actions: {
    DescribeDealsByCond: {
      region: 'none',
      parameters: {
        StartTime: must(when),
        EndTime: must(when),
        Limit: must(integer(1, 1000)),
        Offset: integer(0),
        Status: integer(1, 30),
        StatusSet: list(integer(1, 30), 20),
        OrderId: text(64),
        BigDealId: text(64),
        ResourceId: text(128),
      },
      answer: ({ state, key, parameters }) => {
        const [from, to] = [unixOf(parameters['StartTime']), unixOf(parameters['EndTime'])];
        if (!(from < to)) return refuse('InvalidParameterValue', 'EndTime must be later than StartTime.');
        const { OrderId: order, BigDealId: whole, ResourceId: resource } = parameters;
        const found = accountOf(state, key.account).deals.filter(
          ({ createdAt, orderId, bigDealId, resourceIds, status = SHIPPED }) =>
            createdAt >= from &&
            createdAt < to &&
            status === Number(parameters['Status'] ?? SHIPPED) &&
            (order === undefined || orderId === order) &&
            (whole === undefined || bigDealId === whole) &&
            (typeof resource !== 'string' || resourceIds.includes(resource)),
        );
        const limit = Number(parameters['Limit']);
        const offset = Number(parameters['Offset'] ?? 0);
        const first = state.dealOffset === 'pages' ? offset * limit : offset;
        const deals = found
          .slice(first, first + limit)
          .map((deal) => dealOf(deal, { withResources: limit <= WITH_RESOURCES }));
        return done({ Deals: deals, TotalCount: found.length }, deals.length);
      },
    },
  },
};

function unixOf(beijing: unknown): number {
  return Date.parse(`${String(beijing).replace(' ', 'T')}Z`) - ZONE;
}

function dealOf(deal: CloudDeal, { withResources }: { withResources: boolean }): object {
  const { status = SHIPPED, amount } = deal;
  return {
    OrderId: deal.orderId,
    BigDealId: deal.bigDealId,
    Status: status,
    Payer: deal.payer,
    Creator: deal.creator,
    CreateTime: new Date(deal.createdAt + ZONE).toISOString().slice(0, 19).replace('T', ' '),
    RealTotalCost: amount,
    TotalCost: amount,
    VoucherDecline: 0,
    Price: amount,
    Policy: 100,
    Currency: deal.currency,
    ProjectId: 0,
    GoodsCategoryId: 100_000,
    ProductCode: deal.productCode,
    SubProductCode: `sp_${deal.productCode}`,
    ProductName: deal.productCode,
    SubProductName: deal.productCode,
    ProductInfo: [],
    TimeSpan: 1,
    TimeUnit: 'm',
    PayMode: 'prePay',
    Action: 'purchase',
    ResourceId: withResources ? deal.resourceIds : null,
    ZoneCode: '',
    Formula: '',
    RefReturnDeals: '',
  };
}
