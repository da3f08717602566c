#pragma once

#include "style/icons.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace longcode::style {

enum class BannerTone : quint8 { Note, Warn, Danger };

/// A line across a pane that says something and offers what can be done about it. Text is always plain.
class Banner final : public QWidget {
    Q_OBJECT
public:
    explicit Banner(BannerTone tone, QWidget *parent = nullptr);

    void setTone(BannerTone tone);
    void setIcon(IconName name);
    void setText(const QString &text);
    [[nodiscard]] QString text() const;
    /// A link at the end of the line. The caller names the object and connects it.
    QPushButton *addAction(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QColor ink() const;
    void colour();

    BannerTone m_tone;
    IconName m_icon = IconName::Warning;
    QLabel *m_text;
    QHBoxLayout *m_row;
    QList<QPushButton *> m_actions;
};

} // namespace longcode::style
