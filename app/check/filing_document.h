#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <nlohmann/json_fwd.hpp>

#include <vector>

namespace longcode::check {

/// One filing as it stands in a document.
struct FoundFiling;

/// Reads a document as one JSON value, a list of objects, or JSON lines.
struct FilingDocument {
    std::vector<FoundFiling> filings;
    QStringList problems; ///< sentences with line numbers
};
[[nodiscard]] FilingDocument readDocument(const QByteArray &document, const QString &source);

} // namespace longcode::check
