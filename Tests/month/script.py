"""What happens at the tills in a month: random within the habits of a station, the same for the same seed."""

from month.model import next_date
from month.money import Goods

GOODS = [("蛋糕", 170), ("雀巢咖啡", 1830), ("农夫山泉", 150), ("酱油", 899), ("洗衣粉", 2499), ("挂面", 420), ("食用油", 6990)]
LOOSE = [("大米", 799), ("绿豆", 1190), ("散装糖", 1575)]
CODES = ("wechat", "alipay", "bankCard")
CAMPAIGNS = ("general", "winter")
HOUR = 3_600_000
MINUTE = 60_000


class Month:
    """Plays days one after the other; `driver` does what is decided here, `closings` checks each close."""

    def __init__(self, driver, closings, tills, chance):
        self.driver, self.closings, self.tills, self.chance = driver, closings, tills, chance
        self.corrections = 0
        self.was_quiet = True  # a till does not open after two days without anything: the first day is no quiet one
        self.night = None  # the session that is open over midnight
        self.sold = []  # sales that may still come back
        self.late = None  # a session opened after its day was closed

    @property
    def station(self):
        return self.driver.station

    def play(self, iso, morning_ms):
        """One day. Some are quiet, but never two in a row; some have a night session, a late one, or wait for yesterday's count."""
        driver, chance = self.driver, self.chance
        driver.clock.set(morning_ms + 8 * HOUR + chance.randrange(HOUR))
        driver.log_in()
        sessions = [self.late] if self.late else []
        self.late = None
        self.was_quiet = not self.was_quiet and chance.random() < 0.15
        if not self.was_quiet:
            taken = {session.till for session in [*sessions, self.night] if session}
            sessions += [driver.open(till, chance.choice((10000, 20000, 30050))) for till in self.tills if till not in taken]
        working = sessions + ([self.night] if self.night else [])
        only_returns = bool(self.sold) and chance.random() < 0.1
        for _ in range(chance.randrange(6, 14) * len(working)):
            if working:
                self._moment(chance.choice(working), only_returns)
            if self.night and chance.random() < 0.1:
                self._finish_yesterday()
                working = sessions
        self._finish_yesterday()
        self._evening(iso, sessions, morning_ms)

    def finish(self, _, morning_ms):
        """The morning after the last day: what waits is counted, and what was sold late has its day closed too."""
        driver = self.driver
        driver.clock.set(max(driver.now, morning_ms + 9 * HOUR))
        driver.log_in()
        self._finish_yesterday()
        if self.late:
            self._count_and_close(self.late)
            self._close_day(self.late.ended)
            self.late = None

    def _finish_yesterday(self):
        """The night session is counted late, and only then its day can close."""
        if self.night is None:
            return
        session, self.night = self.night, None
        self.closings.refuses_day(session.date)
        self._count_and_close(session)
        self._close_day(session.date)

    def _close_day(self, iso):
        self.driver.stay_logged_in()
        self.closings.day(iso)

    def _evening(self, iso, sessions, morning_ms):
        driver, chance = self.driver, self.chance
        driver.clock.set(max(driver.now, morning_ms + 20 * HOUR))
        if sessions and chance.random() < 0.3:
            self.night = sessions.pop()
        for session in sessions:
            self._count_and_close(session)
        if self.night:
            driver.clock.set(morning_ms + 23 * HOUR + 50 * MINUTE)
            self._moment(self.night)
            driver.clock.set(morning_ms + 24 * HOUR + 10 * MINUTE)
            self._moment(self.night)
            return
        self._close_day(iso)
        if chance.random() < 0.3:
            driver.clock.advance(HOUR)
            driver.stay_logged_in()
            self.late = driver.open(self.tills[0], 5000)
            assert self.late.date == next_date(iso)
            for _ in range(3):
                self._moment(self.late)

    def _count_and_close(self, session):
        driver, chance = self.driver, self.chance
        driver.stay_logged_in()
        if chance.random() < 0.5:
            driver.end(session)
        if chance.random() < 0.2:
            driver.count(session, max(chance.choice((-100, 37, 5000)), -session.expected_cash))
        over_short = chance.choice((0, 0, 0, 0, -5, 10, 120, -250, -3333, 9999))
        count = driver.count(session, max(over_short, -session.expected_cash))
        self.closings.session(session, count)

    def _moment(self, session, only_returns=False):
        """One thing that happens at a till; on some days goods only come back, and the fund is owed less than nothing."""
        driver, chance = self.driver, self.chance
        driver.clock.advance(chance.randrange(5_000, 4 * MINUTE))
        driver.stay_logged_in()
        choice = chance.random()
        if only_returns:
            self._return(session)
        elif choice < 0.80 or not self.sold:
            self.sold.append(self._sale(session))
        elif choice < 0.89:
            self._return(session)
        elif choice < 0.93:
            self._movement(session)
        elif choice < 0.95:
            driver.open_drawer(session)
        else:
            self._wrong_tender()

    def _sale(self, session):
        chance = self.chance
        goods = []
        for _ in range(chance.randrange(1, 6)):
            name, price = chance.choice(GOODS)
            goods.append(Goods(name, price, units=chance.randrange(1, 5)))
        if chance.random() < 0.3:
            name, price = chance.choice(LOOSE)
            goods.append(Goods(name, price, grams=chance.randrange(50, 3000)))
        is_changed = chance.random() < 0.1
        if is_changed:
            line = chance.choice(goods)
            line.override = chance.randrange(1, line.station_price)
        gift = chance.choice((0, 0, 0, 0, 100, 100, 37, 500))
        due = sum(line.net for line in goods) + gift
        return self.driver.sell(
            session, goods, gift, chance.choice(CAMPAIGNS), self._codes(due), chance.choice((0, 0, 5, 1000)), is_changed
        )

    def _codes(self, due):
        """None, all, or a part by one or two kinds of codes; the rest is cash."""
        chance = self.chance
        kind = chance.random()
        if kind < 0.5:
            return []
        if kind < 0.8 or due < 10:
            return [(chance.choice(CODES), due)]
        first = chance.randrange(1, due)
        parts = [(chance.choice(CODES), first)]
        if chance.random() < 0.3 and due - first > 1:
            parts.append((chance.choice(CODES), chance.randrange(1, due - first)))
        return parts

    def _return(self, session):
        chance = self.chance
        sale = chance.choice(self.sold[-60:])
        wanted = []
        for line in range(len(sale.goods)):
            left = sale.left(line)
            if left and chance.random() < 0.6:
                wanted.append((line, left if chance.random() < 0.5 else chance.randrange(1, left + 1)))
        is_gift = bool(sale.gift) and not sale.is_gift_returned and chance.random() < 0.2
        if wanted or is_gift:
            self.driver.give_back(session, sale, wanted, is_gift)

    def _movement(self, session):
        chance = self.chance
        kind = chance.choice(("paidIn", "paidOut", "pickup"))
        reason = {"paidIn": "changeMoney", "paidOut": chance.choice(("purchase", "delivery", "other")), "pickup": "deposit"}[kind]
        amount = chance.randrange(1, 5000)
        if kind == "paidIn" or session.expected_cash > amount:
            self.driver.move(session, kind, amount, reason)

    def _wrong_tender(self):
        """WeChat rung as cash or the other way round, found before the Z of its session."""
        chance = self.chance
        open_sales = [sale for sale in self.sold[-30:]
                      if self.station.sessions[sale.session].z is None and not sale.has_returns]  # fmt: skip
        if not open_sales:
            return
        sale = chance.choice(open_sales)
        used = [at for at in range(len(sale.kinds)) if at < len(sale.codes) or sale.cash_kept]
        tender = chance.choice(used)
        self.corrections += 1
        self.driver.correct_tender(sale, tender, chance.choice([k for k in (*CODES, "cash") if k != sale.kinds[tender]]))
