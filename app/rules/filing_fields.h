#pragma once

#include "rules/filings.h"

#include <span>
#include <variant>

namespace longcode::rules {

/// One member of a filing: the API's name and where the value lives. `wrapped` names the member inside the
/// objects of a list ("phoneNumber", "url"), or is null when the list holds plain texts.
template <typename Filing>
struct Field {
    const char *name;
    std::variant<QString Filing::*, QStringList Filing::*, QList<qint64> Filing::*,
                 std::optional<bool> Filing::*>
        member;
    const char *wrapped = nullptr;
};

[[nodiscard]] std::span<const Field<BrandFiling>> fieldsOf(const BrandFiling &);
[[nodiscard]] std::span<const Field<CampaignFiling>> fieldsOf(const CampaignFiling &);
[[nodiscard]] std::span<const Field<TollFreeFiling>> fieldsOf(const TollFreeFiling &);

/// Where the text or the list of texts named so lives, or null.
template <typename Filing>
const QString *textNamed(const Filing &filing, QLatin1String name) {
    for (const Field<Filing> &field : fieldsOf(filing))
        if (const auto *member = std::get_if<QString Filing::*>(&field.member);
            member && QLatin1String(field.name) == name)
            return &(filing.**member);
    return nullptr;
}

template <typename Filing>
const QStringList *textsNamed(const Filing &filing, QLatin1String name) {
    for (const Field<Filing> &field : fieldsOf(filing))
        if (const auto *member = std::get_if<QStringList Filing::*>(&field.member);
            member && QLatin1String(field.name) == name)
            return &(filing.**member);
    return nullptr;
}

} // namespace longcode::rules
