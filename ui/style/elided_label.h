#pragma once

#include "style/theme.h"

#include <QLabel>

namespace longcode::style {

/// Which token a text takes its colour from.
enum class TextTone : quint8 { Text, Muted, Accent, Warn, Danger };

[[nodiscard]] QColor colourOf(TextTone tone, const Tokens &tokens);

/// One line of foreign or own text, always plain, cut with an ellipsis where there is no room; the tool tip
/// then says it whole. text() is the whole text.
class ElidedLabel final : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget *parent = nullptr);
    explicit ElidedLabel(TextSize size, TextTone tone, QWidget *parent = nullptr);

    void setTextSize(TextSize size, TextWeight weight = TextWeight::Normal);
    void setTone(TextTone tone);
    void setElideMode(Qt::TextElideMode mode);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] QFont labelFont() const;

    TextSize m_size = TextSize::Body;
    TextWeight m_weight = TextWeight::Normal;
    TextTone m_tone = TextTone::Text;
    Qt::TextElideMode m_elide = Qt::ElideRight;
};

} // namespace longcode::style
