#include "rules/filing_json.h"

#include "rules/filing_fields.h"

#include <nlohmann/json.hpp>

namespace longcode::rules {

namespace {

using nlohmann::json;

QString typeName(const json &value) {
    switch (value.type()) {
    case json::value_t::string:
        return QStringLiteral("a text");
    case json::value_t::boolean:
        return QStringLiteral("true or false");
    case json::value_t::array:
        return QStringLiteral("a list");
    case json::value_t::object:
        return QStringLiteral("an object");
    default:
        return value.is_number() ? QStringLiteral("a number") : QStringLiteral("null");
    }
}

/// Reads one value into a member; the error says what should stand there.
struct Reader {
    const json &value;
    QString name;
    const char *wrapped;

    [[nodiscard]] QString wrong(const QString &expected, const json &found, const QString &at) const {
        return QStringLiteral("%1 must be %2, not %3.").arg(at, expected, typeName(found));
    }

    QString read(QString &to) const {
        if (!value.is_string())
            return wrong(QStringLiteral("a text"), value, name);
        to = QString::fromStdString(value.get_ref<const std::string &>());
        if (to.isNull())
            to = QStringLiteral("");
        return {};
    }

    QString read(std::optional<bool> &to) const {
        if (!value.is_boolean())
            return wrong(QStringLiteral("true or false"), value, name);
        to = value.get<bool>();
        return {};
    }

    QString read(QList<qint64> &to) const {
        if (!value.is_array())
            return wrong(QStringLiteral("a list of whole numbers"), value, name);
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (!value[i].is_number_integer())
                return wrong(QStringLiteral("a whole number"), value[i],
                             QStringLiteral("%1[%2]").arg(name).arg(i));
            to.append(value[i].get<qint64>());
        }
        return {};
    }

    /// An element may be a plain text even where the API wants objects: people write it so by hand.
    QString read(QStringList &to) const {
        if (!value.is_array())
            return wrong(QStringLiteral("a list of texts"), value, name);
        for (std::size_t i = 0; i < value.size(); ++i) {
            const json *element = &value[i];
            QString at = QStringLiteral("%1[%2]").arg(name).arg(i);
            if (wrapped && element->is_object() && element->contains(wrapped)) {
                element = &element->at(wrapped);
                at += u'.' + QString::fromLatin1(wrapped);
            }
            if (!element->is_string())
                return wrong(QStringLiteral("a text"), *element, at);
            to.append(QString::fromStdString(element->get_ref<const std::string &>()));
        }
        return {};
    }
};

template <typename Filing>
Result<Filing, QString> filingFrom(const json &object) {
    if (!object.is_object())
        return failed(QStringLiteral("A filing must be an object, not %1.").arg(typeName(object)));
    Filing filing;
    for (const Field<Filing> &field : fieldsOf(filing)) {
        const auto found = object.find(field.name);
        if (found == object.end() || found->is_null())
            continue;
        const Reader reader{*found, QString::fromLatin1(field.name), field.wrapped};
        const QString problem =
            std::visit([&](const auto member) { return reader.read(filing.*member); }, field.member);
        if (!problem.isEmpty())
            return failed(problem);
    }
    return filing;
}

/// Writes one member; leaves it out when it is absent.
struct Writer {
    json &object;
    const char *name;
    const char *wrapped;

    void write(const QString &text) const {
        if (!text.isNull())
            object[name] = text.toStdString();
    }
    void write(const std::optional<bool> &flag) const {
        if (flag)
            object[name] = *flag;
    }
    void write(const QList<qint64> &numbers) const {
        for (const qint64 number : numbers)
            object[name].push_back(number);
    }
    void write(const QStringList &texts) const {
        for (const QString &text : texts) {
            if (wrapped)
                object[name].push_back(json{{wrapped, text.toStdString()}});
            else
                object[name].push_back(text.toStdString());
        }
    }
};

template <typename Filing>
json objectOf(const Filing &filing) {
    json object = json::object();
    for (const Field<Filing> &field : fieldsOf(filing)) {
        const Writer writer{object, field.name, field.wrapped};
        std::visit([&](const auto member) { writer.write(filing.*member); }, field.member);
    }
    return object;
}

} // namespace

Result<BrandFiling, QString> brandFrom(const json &object) {
    return filingFrom<BrandFiling>(object);
}

Result<CampaignFiling, QString> campaignFrom(const json &object) {
    return filingFrom<CampaignFiling>(object);
}

Result<TollFreeFiling, QString> tollFreeFrom(const json &object) {
    return filingFrom<TollFreeFiling>(object);
}

json jsonOf(const BrandFiling &filing) {
    return objectOf(filing);
}

json jsonOf(const CampaignFiling &filing) {
    return objectOf(filing);
}

json jsonOf(const TollFreeFiling &filing) {
    return objectOf(filing);
}

} // namespace longcode::rules
