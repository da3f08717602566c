#include "telnyx/paginator.h"

#include "events/member_reader.h"

namespace longcode::telnyx {

using events::MemberReader;
using nlohmann::json;

namespace {

struct PageForm {
    const char *number;
    const char *size;
    int entries;              ///< asked for
    const char *totalPages;   ///< in `meta`; null: none
    const char *totalEntries; ///< in the body; null: none
};

PageForm formOf(PageStyle style) {
    switch (style) {
    case PageStyle::P1:
        return {"page[number]", "page[size]", 250, "total_pages", nullptr};
    case PageStyle::P1Short:
        return {"page[number]", "page[size]", 50, "total_pages", nullptr};
    case PageStyle::P2:
        return {"page[number]", "page[size]", 100, "total_pages", nullptr};
    case PageStyle::P3:
        return {"page", "page_size", 100, nullptr, "total_records"};
    case PageStyle::P4:
        return {"page[number]", "page[size]", 100, nullptr, "total_records"};
    case PageStyle::P5:
        return {"page", "recordsPerPage", 500, nullptr, "totalRecords"};
    case PageStyle::P6:
        return {"page", "recordsPerPage", 100, nullptr, "totalRecords"};
    }
    return {};
}

/// The pages of one list, one request at a time. Kept alive by the receiver of the request under way.
class PageCollector : public std::enable_shared_from_this<PageCollector> {
public:
    PageCollector(Transport &transport, Request first, PageStyle style, std::function<bool()> wanted,
                  JsonReceiver receiver, int mostPages)
        : m_transport(transport)
        , m_request(std::move(first))
        , m_form(formOf(style))
        , m_wanted(std::move(wanted))
        , m_receiver(std::move(receiver))
        , m_mostPages(mostPages) {}

    void next() {
        ++m_page;
        Request request = m_request;
        request.query.append({QString::fromLatin1(m_form.number), QString::number(m_page)});
        request.query.append({QString::fromLatin1(m_form.size), QString::number(m_form.entries)});
        m_transport.call(std::move(request),
                         [self = shared_from_this()](JsonAnswer answer) { self->take(std::move(answer)); });
    }

private:
    void take(JsonAnswer answer) {
        if (!answer)
            return m_receiver(failed(std::move(answer.error())));
        const json list = entriesOf(*answer);
        if (!list.is_array())
            return m_receiver(failed(badAnswer(QStringLiteral("data"))));
        m_all.insert(m_all.end(), list.begin(), list.end());
        if (isLast(*answer, list.size()))
            return m_receiver(std::move(m_all));
        if (m_page >= m_mostPages)
            return m_receiver(failed(badAnswer(QStringLiteral("meta.total_pages"))));
        if (!m_wanted()) {
            Error error;
            error.kind = ErrorKind::Cancelled;
            return m_receiver(failed(std::move(error)));
        }
        next();
    }

    /// Absent is empty (contract, section 3); null when it is something else than a list.
    static json entriesOf(const json &body) {
        const json &inside = unwrapped(body);
        if (inside.is_array())
            return inside;
        const auto isAbsent = [&](const char *name) { return !body.contains(name) || body[name].is_null(); };
        const bool isEmpty = body.is_null() || (body.is_object() && isAbsent("data") && isAbsent("records"));
        return isEmpty ? json::array() : json();
    }

    [[nodiscard]] bool isLast(const json &body, std::size_t received) const {
        if (received == 0)
            return true;
        QString ignored;
        MemberReader root(body, ignored);
        if (m_form.totalPages) {
            auto meta = root.object("meta");
            const auto pages = meta ? meta->integer(m_form.totalPages) : std::nullopt;
            if (pages)
                return m_page >= *pages;
        }
        const auto total = m_form.totalEntries ? root.integer(m_form.totalEntries) : std::nullopt;
        if (total)
            return static_cast<qint64>(m_all.size()) >= *total;
        return received < static_cast<std::size_t>(m_form.entries);
    }

    Transport &m_transport;
    Request m_request;
    PageForm m_form;
    std::function<bool()> m_wanted;
    JsonReceiver m_receiver;
    json m_all = json::array();
    int m_mostPages;
    int m_page = 0;
};

} // namespace

void collectPages(Transport &transport, Request first, PageStyle style, std::function<bool()> wanted,
                  JsonReceiver receiver, int mostPages) {
    const auto collector = std::make_shared<PageCollector>(transport, std::move(first), style,
                                                           std::move(wanted), std::move(receiver), mostPages);
    collector->next();
}

} // namespace longcode::telnyx
