#pragma once

#include <QWidget>

namespace longcode::style {

/// "MK" of "Maria Keller"; the last two digits of a number; never more than two characters as people count
/// them.
[[nodiscard]] QString initials(const QString &nameOrNumber);

/// A disc with initials. `key` (a number) chooses the colour, so a person keeps it when the name changes.
void paintAvatar(QPainter *painter, const QRectF &disc, const QString &nameOrNumber, const QString &key);

/// The disc as a widget of fixed size. Decoration: what it says stands beside it in words.
class Avatar final : public QWidget {
    Q_OBJECT
public:
    explicit Avatar(int extent, QWidget *parent = nullptr);
    void setPerson(const QString &nameOrNumber, const QString &key);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_name;
    QString m_key;
};

} // namespace longcode::style
