#pragma once

#include "style/elided_label.h"

#include <QHash>
#include <QWidget>

class QGridLayout;

namespace longcode::inbox {

/// Sections of two columns: what it is on the left, the value on the right. Values are foreign and plain.
class FactList final : public QWidget {
    Q_OBJECT
public:
    explicit FactList(QWidget *parent = nullptr);

    /// `action`, if any, stands at the end of the title's row.
    void addSection(const QString &title, QWidget *action = nullptr);
    /// `key` names the row for setFact(), and the value label as object.
    void addFact(const QString &key, const QString &label);
    /// An empty value hides the row.
    void setFact(const QString &key, const QString &value, style::TextTone tone = style::TextTone::Text);

private:
    struct Row {
        style::ElidedLabel *label;
        style::ElidedLabel *value;
    };
    QGridLayout *m_grid;
    QHash<QString, Row> m_rows;
};

} // namespace longcode::inbox
